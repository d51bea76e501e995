using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GeminiBatch.Client.Tests.Wire;
using GeminiBatch.Testing;

namespace GeminiBatch.Client.Tests.Backends;

/// <summary>The backend against the emulator: a second reading of the same protocol.</summary>
public sealed class DeveloperBackendOnEmulatorTests
{
    private const string Model = GeminiModels.Flash35Lite;

    [Fact]
    public async Task A_file_of_rows_becomes_a_job_and_its_results_are_joined_by_key()
    {
        await using EmulatorFixture emulator = await EmulatorFixture.StartAsync();
        DeveloperBackend backend = Backend(emulator);
        byte[] rows = Rows(backend, 50);
        CancellationToken token = TestContext.Current.CancellationToken;

        StagedFile staged = await backend.StageAsync(File("gb-shard-1", rows), token);
        GeminiBatchJob created = await backend.CreateJobAsync(new JobCreation(Model, "gb-test-1", staged.Name), token);
        Assert.Equal("files/gb-shard-1", staged.Name);
        Assert.Equal(GeminiBatchState.Pending, created.State);
        Assert.False(created.IsTerminal);
        Assert.Equal(50, created.RequestCount);

        emulator.Clock.Advance(TimeSpan.FromMinutes(1));
        GeminiBatchJob ended = await backend.GetJobAsync(created.Name, token);
        Assert.Equal(GeminiBatchState.Succeeded, ended.State);
        Assert.True(ended.IsTerminal);
        Assert.Equal(50, ended.SucceededCount + ended.FailedCount);

        var keys = new HashSet<string>();
        await foreach (ReadOnlyMemory<byte> line in backend.ReadResultLinesAsync(ended, token))
        {
            ResultRow row = ResultRowReader.Read(line);
            Assert.Equal("answered", row.Outcome.Code);
            Assert.True(row.Usage!.TotalTokens > 0);
            Assert.True(GeminiCatalogue.IsSameModel(Model, row.ModelVersion!));
            Assert.True(keys.Add(row.Key!));
        }

        Assert.Equal(Enumerable.Range(0, 50).Select(i => $"row-{i}").Order(StringComparer.Ordinal), keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Staging_the_same_content_again_uploads_nothing()
    {
        await using EmulatorFixture emulator = await EmulatorFixture.StartAsync();
        DeveloperBackend backend = Backend(emulator);
        byte[] rows = Rows(backend, 3);

        StagedFile first = await backend.StageAsync(File("twin", rows), TestContext.Current.CancellationToken);
        StagedFile second = await backend.StageAsync(File("twin", rows), TestContext.Current.CancellationToken);

        Assert.Equal(first, second);
        Assert.Single(emulator.Emulator.Calls, call => call.Operation == EmulatedOperation.StartUpload);
    }

    [Fact]
    public async Task Staging_other_content_of_equal_size_under_the_name_replaces_it()
    {
        await using EmulatorFixture emulator = await EmulatorFixture.StartAsync();
        DeveloperApiClient client = Client(emulator);
        var backend = new DeveloperBackend(client);
        byte[] rows = Rows(backend, 3);
        byte[] other = [.. rows];
        other[Encoding.UTF8.GetString(rows).IndexOf("Invoice", StringComparison.Ordinal)] = (byte)'i';

        await backend.StageAsync(File("twin", rows), TestContext.Current.CancellationToken);
        await backend.StageAsync(File("twin", other), TestContext.Current.CancellationToken);

        GeminiStoredFile stored = await client.Files.GetAsync("twin", TestContext.Current.CancellationToken);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(other)), stored.Sha256Hex);
    }

    [Fact]
    public async Task An_expired_file_is_uploaded_again()
    {
        await using EmulatorFixture emulator = await EmulatorFixture.StartAsync();
        DeveloperBackend backend = Backend(emulator);
        byte[] rows = Rows(backend, 3);
        await backend.StageAsync(File("twin", rows), TestContext.Current.CancellationToken);

        emulator.Clock.Advance(TimeSpan.FromHours(49));
        StagedFile again = await backend.StageAsync(File("twin", rows), TestContext.Current.CancellationToken);

        Assert.True(again.ExpiresAt > emulator.Clock.GetUtcNow() + TimeSpan.FromHours(47));
        Assert.Equal(2, emulator.Emulator.Calls.Count(call => call.Operation == EmulatedOperation.StartUpload));
    }

    [Fact]
    public async Task A_lost_reply_to_a_creation_is_uncertain_sent_once_and_the_job_is_found()
    {
        await using EmulatorFixture emulator = await EmulatorFixture.StartAsync(options => options with
        {
            Faults = [new EmulatedFault { Operation = EmulatedOperation.CreateBatch, Kind = EmulatedFaultKind.LoseReply }],
        });
        DeveloperBackend backend = Backend(emulator);
        StagedFile staged = await backend.StageAsync(File("shard", Rows(backend, 3)), TestContext.Current.CancellationToken);
        var creation = new JobCreation(Model, "gb-lost-1", staged.Name);

        JobCreationUncertainException lost = await Assert.ThrowsAsync<JobCreationUncertainException>(
            async () => await backend.CreateJobAsync(creation, TestContext.Current.CancellationToken));

        Assert.Equal("gb-lost-1", lost.DisplayName);
        Assert.Single(emulator.Emulator.Calls, call => call.Operation == EmulatedOperation.CreateBatch);
        List<GeminiBatchJob> found = await backend.FindJobsAsync(creation, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(emulator.Emulator.Jobs.Single().Name, Assert.Single(found).Name);
    }

    [Theory]
    [InlineData(EmulatedFaultKind.RefuseAfterEffect, 503)]
    [InlineData(EmulatedFaultKind.Refuse, 500)]
    [InlineData(EmulatedFaultKind.LoseRequest, 0)]
    public async Task A_creation_without_a_certain_outcome_is_never_repeated(EmulatedFaultKind kind, int status)
    {
        await using EmulatorFixture emulator = await EmulatorFixture.StartAsync(options => options with
        {
            Faults = [new EmulatedFault { Operation = EmulatedOperation.CreateBatch, Kind = kind, Status = status }],
        });
        DeveloperBackend backend = Backend(emulator);
        StagedFile staged = await backend.StageAsync(File("shard", Rows(backend, 3)), TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<JobCreationUncertainException>(
            async () => await backend.CreateJobAsync(new JobCreation(Model, "gb-1", staged.Name), TestContext.Current.CancellationToken));

        Assert.Single(emulator.Emulator.Calls, call => call.Operation == EmulatedOperation.CreateBatch);
    }

    [Fact]
    public async Task A_refused_creation_is_certain_and_says_what_to_do()
    {
        await using EmulatorFixture emulator = await EmulatorFixture.StartAsync(options => options with
        {
            Faults = [new EmulatedFault { Operation = EmulatedOperation.CreateBatch, Kind = EmulatedFaultKind.Refuse, Status = 429, RetryDelay = TimeSpan.FromSeconds(34.4) }],
        });
        DeveloperBackend backend = Backend(emulator);
        StagedFile staged = await backend.StageAsync(File("shard", Rows(backend, 3)), TestContext.Current.CancellationToken);

        GeminiApiException refused = await Assert.ThrowsAsync<GeminiApiException>(
            async () => await backend.CreateJobAsync(new JobCreation(Model, "gb-1", staged.Name), TestContext.Current.CancellationToken));

        Assert.Equal("RESOURCE_EXHAUSTED", refused.Status);
        Assert.Equal(TimeSpan.FromSeconds(34.4), refused.RetryAfter);
        Assert.Single(emulator.Emulator.Calls, call => call.Operation == EmulatedOperation.CreateBatch);
    }

    [Fact]
    public async Task A_broken_download_goes_on_where_it_broke()
    {
        await using EmulatorFixture emulator = await EmulatorFixture.StartAsync(options => options with
        {
            Faults =
            [
                new EmulatedFault { Operation = EmulatedOperation.DownloadFile, Kind = EmulatedFaultKind.BreakTransfer, KeptBytes = 5000 },
                new EmulatedFault { Operation = EmulatedOperation.DownloadFile, Kind = EmulatedFaultKind.BreakTransfer, KeptBytes = 3000, Attempt = 2 },
                new EmulatedFault { Operation = EmulatedOperation.DownloadFile, Kind = EmulatedFaultKind.Refuse, Attempt = 3 },
            ],
        });
        DeveloperBackend backend = Backend(emulator);
        GeminiBatchJob ended = await RunAsync(emulator, backend, 100);

        List<string?> keys = [];
        await foreach (ReadOnlyMemory<byte> line in backend.ReadResultLinesAsync(ended, TestContext.Current.CancellationToken))
        {
            keys.Add(ResultRowReader.Read(line).Key);
        }

        Assert.Equal(100, keys.Distinct().Count());
        Assert.Equal(100, keys.Count);
        Assert.Equal(4, emulator.Emulator.Calls.Count(call => call is { Operation: EmulatedOperation.DownloadFile, Status: not 0 }));
    }

    [Fact]
    public async Task A_job_that_succeeded_without_output_is_not_terminal_yet()
    {
        await using EmulatorFixture emulator = await EmulatorFixture.StartAsync(options => options with
        {
            Faults = [new EmulatedFault { Operation = EmulatedOperation.GetBatch, Kind = EmulatedFaultKind.WithholdOutput, Times = 2 }],
        });
        DeveloperBackend backend = Backend(emulator);
        GeminiBatchJob early = await RunAsync(emulator, backend, 3);
        GeminiBatchJob second = await backend.GetJobAsync(early.Name, TestContext.Current.CancellationToken);
        GeminiBatchJob third = await backend.GetJobAsync(early.Name, TestContext.Current.CancellationToken);

        Assert.Equal([GeminiBatchState.Succeeded, GeminiBatchState.Succeeded, GeminiBatchState.Succeeded], [early.State, second.State, third.State]);
        Assert.Equal([false, false, true], [early.IsTerminal, second.IsTerminal, third.IsTerminal]);
        Assert.Throws<InvalidOperationException>(() => backend.ReadResultLinesAsync(early, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_cancelled_job_is_terminal_and_cancelling_it_again_is_no_error()
    {
        await using EmulatorFixture emulator = await EmulatorFixture.StartAsync();
        DeveloperBackend backend = Backend(emulator);
        StagedFile staged = await backend.StageAsync(File("shard", Rows(backend, 3)), TestContext.Current.CancellationToken);
        GeminiBatchJob job = await backend.CreateJobAsync(new JobCreation(Model, "gb-1", staged.Name), TestContext.Current.CancellationToken);

        await backend.CancelJobAsync(job.Name, TestContext.Current.CancellationToken);
        await backend.CancelJobAsync(job.Name, TestContext.Current.CancellationToken);
        emulator.Clock.Advance(TimeSpan.FromMinutes(1));

        GeminiBatchJob ended = await backend.GetJobAsync(job.Name, TestContext.Current.CancellationToken);
        Assert.Equal(GeminiBatchState.Cancelled, ended.State);
        Assert.True(ended.IsTerminal);
    }

    [Fact]
    public async Task An_inline_job_gives_its_rows_as_lines_with_their_keys()
    {
        await using EmulatorFixture emulator = await EmulatorFixture.StartAsync();
        DeveloperApiClient client = Client(emulator);
        var backend = new DeveloperBackend(client);
        GeminiInlineRow[] rows = [.. Enumerable.Range(0, 5).Select(i => new GeminiInlineRow($"inline-{i}", Request(i)))];

        GeminiBatchJob job = await client.Batches.CreateInlineAsync(Model, "gb-inline", rows, TestContext.Current.CancellationToken);
        emulator.Clock.Advance(TimeSpan.FromMinutes(1));
        GeminiBatchJob ended = await backend.GetJobAsync(job.Name, TestContext.Current.CancellationToken);

        Assert.True(ended.HasInlineResults);
        Assert.Null(ended.InputFile);
        List<string?> keys = [];
        await foreach (ReadOnlyMemory<byte> line in backend.ReadResultLinesAsync(ended, TestContext.Current.CancellationToken))
        {
            Assert.DoesNotContain((byte)'\n', line.ToArray());
            keys.Add(ResultRowReader.Read(line).Key);
        }

        Assert.Equal(rows.Select(row => row.Key), keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_wrong_key_is_refused_with_advice_and_without_the_key()
    {
        await using EmulatorFixture emulator = await EmulatorFixture.StartAsync();
        var client = new DeveloperApiClient(new DeveloperApiOptions { ApiKey = "bad-key-123456", Endpoint = emulator.Emulator.Endpoint }, new ImpatientClock());

        GeminiApiException refused = await Assert.ThrowsAsync<GeminiApiException>(() => client.Batches.GetAsync("batches/x", TestContext.Current.CancellationToken));

        Assert.Equal("API_KEY_INVALID", refused.Reason);
        Assert.Contains("GOOGLE_API_KEY", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("bad-key-123456", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Models_tokens_and_single_questions_are_answered()
    {
        await using EmulatorFixture emulator = await EmulatorFixture.StartAsync();
        DeveloperApiClient client = Client(emulator);

        GeminiModelDescription model = await client.Models.GetAsync(Model, TestContext.Current.CancellationToken);
        List<GeminiModelDescription> models = await client.Models.ListAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        GeminiTokenCount tokens = await client.CountTokensAsync(Model, Request(1), TestContext.Current.CancellationToken);
        ResultRow answer = await client.GenerateContentAsync(Model, Request(1), TestContext.Current.CancellationToken);

        Assert.True(model.SupportsBatch);
        Assert.Contains(models, listed => listed.Name == "models/" + Model);
        Assert.True(tokens.TotalTokens > 0);
        Assert.True(answer.Outcome.IsAnswer);
        Assert.Null(answer.Key);
    }

    private static async Task<GeminiBatchJob> RunAsync(EmulatorFixture emulator, DeveloperBackend backend, int rows)
    {
        StagedFile staged = await backend.StageAsync(File("shard", Rows(backend, rows)), TestContext.Current.CancellationToken);
        GeminiBatchJob job = await backend.CreateJobAsync(new JobCreation(Model, "gb-1", staged.Name), TestContext.Current.CancellationToken);
        emulator.Clock.Advance(TimeSpan.FromMinutes(5));
        return await backend.GetJobAsync(job.Name, TestContext.Current.CancellationToken);
    }

    private static DeveloperApiClient Client(EmulatorFixture emulator) =>
        new(new DeveloperApiOptions { ApiKey = EmulatorFixture.ApiKey, Endpoint = emulator.Emulator.Endpoint }, new ClockOfWaits(emulator.Clock));

    private static DeveloperBackend Backend(EmulatorFixture emulator) => new(Client(emulator));

    private static StagingFile File(string name, byte[] content) => new()
    {
        Name = name,
        MimeType = "application/jsonl",
        Size = content.Length,
        Sha256 = SHA256.HashData(content),
        Open = _ => ValueTask.FromResult<Stream>(new MemoryStream(content)),
    };

    private static byte[] Rows(DeveloperBackend backend, int count)
    {
        using var buffer = new MemoryStream();
        for (int i = 0; i < count; i++)
        {
            using (var writer = new Utf8JsonWriter(buffer))
            {
                backend.WriteRow(writer, $"row-{i}", Request(i));
            }

            buffer.WriteByte((byte)'\n');
        }

        return buffer.ToArray();
    }

    private static GeminiRequest Request(int number) => new()
    {
        Contents = [GeminiContent.FromText($"Invoice number: A-{number}\nTotal: {number}.50 EUR")],
        SystemInstruction = GeminiContent.FromText("Extract the invoice."),
        Settings = new GenerationSettings
        {
            MaxOutputTokens = 500,
            ResponseMimeType = "application/json",
            ResponseSchema = """{"type":"OBJECT","properties":{"number":{"type":"STRING"},"total":{"type":"NUMBER"}},"required":["number","total"]}"""u8.ToArray(),
            Thinking = new GeminiThinking { Level = GeminiThinkingLevel.Minimal },
        },
    };
}
