using System.Text.Json;
using System.Text.Json.Nodes;

namespace GeminiBatch.CommandLine.Tests.Processes;

public sealed class VertexTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task The_sample_gives_the_same_values_on_Vertex_AI_document_for_document()
    {
        using var developer = await _place.SampleAsync();
        using var vertex = await _place.SampleAsync("--backend", "vertex", "--emulator");

        Assert.True(vertex.ExitCode == 0, vertex.Error);
        Assert.Contains("40 of 40 documents accounted for", vertex.Output, StringComparison.Ordinal);
        var expected = await ValuesAsync("invoices-emulated.jsonl");
        var actual = await ValuesAsync("invoices-vertex-emulated.jsonl");
        Assert.Equal(40, expected.Count);
        Assert.Equal(expected.Keys, actual.Keys);
        Assert.All(expected, entry => Assert.True(JsonNode.DeepEquals(entry.Value, actual[entry.Key]), entry.Key));
    }

    [Fact]
    public async Task A_run_on_Vertex_AI_goes_on_there_and_a_second_one_sends_nothing()
    {
        _place.Documents(Workplace.Invoice(1), Workplace.Invoice(2));
        using var run = await _place.SampleAsync("--documents", "inbox", "--backend", "vertex", "--emulator", "--noise", "none", "--run", "v");

        using var again = await _place.SampleAsync("--documents", "inbox", "--backend", "vertex", "--emulator", "--noise", "none", "--run", "v");
        using var resumed = await _place.SampleAsync("resume", "--run", "v");
        using var other = await _place.SampleAsync("--documents", "inbox", "--run", "v");

        Assert.Contains("2 of 2 documents accounted for: 2 succeeded", run.Output, StringComparison.Ordinal);
        Assert.Contains("0 jobs submitted", again.Output, StringComparison.Ordinal);
        Assert.True(resumed.ExitCode == 0, resumed.Error);
        Assert.Equal(2, other.ExitCode);
        Assert.Contains("vertex", other.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_service_account_of_the_machine_is_the_login_where_there_is_no_other()
    {
        await using var emulator = await GeminiEmulator.StartAsync(new GeminiEmulatorOptions { StateFolder = Path.Combine(_place.Folder, "state") }, TestContext.Current.CancellationToken);
        string[] arguments = ["doctor", "--online", "--backend", "vertex", "--endpoint", emulator.Endpoint.ToString(), "--project", "demo-project", "--bucket", "some-bucket"];
        using var doctor = await LoggedInAsync(emulator, [.. arguments, "--create-bucket"]);
        using var without = await LoggedInAsync(emulator, arguments);

        Assert.True(doctor.ExitCode == 0, doctor.Output + doctor.Error);
        Assert.Equal(2, without.ExitCode);
        Assert.Contains($"There is no 'some-bucket' at {emulator.Endpoint}: create it, or give --create-bucket.", without.Output, StringComparison.Ordinal);
        Assert.Contains(emulator.Calls, static call => call.Operation == EmulatedOperation.GetToken);
        Assert.Contains(emulator.Calls, static call => call.Operation == EmulatedOperation.CountTokens);
    }

    [Fact]
    public async Task A_missing_bucket_is_made_on_request_and_jobs_run_at_the_place_that_is_named()
    {
        _place.Documents(Workplace.Invoice(1));
        await using var emulator = await GeminiEmulator.StartAsync(new GeminiEmulatorOptions { StateFolder = Path.Combine(_place.Folder, "state") }, TestContext.Current.CancellationToken);
        string[] arguments = ["--documents", "inbox", "--backend", "vertex", "--endpoint", emulator.Endpoint.ToString(), "--project", "demo-project", "--bucket", "new-bucket", "--location", "europe-west4", "--yes"];

        using var refused = await LoggedInAsync(emulator, arguments);
        using var run = await LoggedInAsync(emulator, [.. arguments, "--create-bucket"]);

        Assert.Equal(3, refused.ExitCode);
        Assert.Contains("--create-bucket", Assert.Single(refused.ErrorLines), StringComparison.Ordinal);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("1 of 1 documents accounted for: 1 succeeded", run.Output, StringComparison.Ordinal);
        using var doctor = await LoggedInAsync(
            emulator, ["doctor", "--online", "--backend", "vertex", "--endpoint", emulator.Endpoint.ToString(), "--project", "demo-project", "--bucket", "gs://new-bucket/"]);
        Assert.Contains($"'new-bucket' in europe-west4 at {emulator.Endpoint} can be read and written", doctor.Output, StringComparison.Ordinal);
        Assert.Contains("/locations/europe-west4/", Assert.Single(emulator.Calls, static call => call.Operation == EmulatedOperation.CreateBatch).Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Vertex_AI_without_a_login_bucket_or_project_is_told_in_one_line()
    {
        using var run = await _place.SampleAsync("--backend", "vertex", "--yes");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--bucket", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(nameof(VertexAIOptions), run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_tells_which_models_run_batches_and_asks_before_a_job_of_Vertex_AI_is_paid_for()
    {
        using var known = await _place.SampleAsync("verify");
        using var unknown = await _place.SampleAsync("verify", "--model", "gemini-9-flash");
        using var probed = await _place.SampleAsync("verify", "--backend", "vertex", "--emulator", "--noise", "none", "--model", "gemini-3.5-flash-lite", "--json");
        using var unpaid = await _place.SampleAsync("verify", "--backend", "vertex", "--project", "p", "--bucket", "some-bucket");

        Assert.True(known.ExitCode == 0, known.Error);
        Assert.Contains("model: gemini-2.5-flash-lite, the default of", known.Error, StringComparison.Ordinal);
        Assert.Contains("runs batches of it", known.Output, StringComparison.Ordinal);
        Assert.Equal(3, unknown.ExitCode);
        Assert.Contains("none is taken by itself", unknown.Output, StringComparison.Ordinal);
        Assert.True(probed.ExitCode == 0, probed.Error);
        Assert.True(JsonNode.Parse(probed.Output)!["runsBatches"]!.GetValue<bool>());
        Assert.Equal(2, unpaid.ExitCode);
        Assert.Contains("Nothing was sent", unpaid.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_file_is_checked_for_either_backend()
    {
        var file = Path.Combine(_place.Folder, "rows.jsonl");
        await File.WriteAllTextAsync(
            file,
            """
            {"request":{"contents":[{"role":"user","parts":{"text":"x"}}]}}
            {"key":"b","request":{"contents":[{"role":"user","parts":[{"text":"x"}]}]}}

            """,
            TestContext.Current.CancellationToken);

        using var developer = await _place.ToolAsync("validate", file);
        using var vertex = await _place.ToolAsync("validate", file, "--backend", "vertex", "--json");
        using var missing = await _place.ToolAsync("validate", "none.jsonl");

        Assert.Equal((1, 0, 2), (developer.ExitCode, vertex.ExitCode, missing.ExitCode));
        Assert.Contains("line 1: error key-missing: The row has no key. Results are joined by key ", developer.Output, StringComparison.Ordinal);
        Assert.Contains("line 1, column 40: error parts-not-array: ", developer.Output, StringComparison.Ordinal);
        Assert.Contains("not valid for developer: 2 rows, 2 errors", developer.Output, StringComparison.Ordinal);
        Assert.Equal(["notice", "notice"], JsonElement.Parse(vertex.Output).GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("severity").GetString()));
        Assert.Equal(0, JsonElement.Parse(vertex.Output).GetProperty("findingsLeftOut").GetInt64());
    }

    [Fact]
    public async Task Findings_that_are_not_listed_are_counted()
    {
        var file = Path.Combine(_place.Folder, "many.jsonl");
        await File.WriteAllLinesAsync(file, Enumerable.Repeat("""{"request":{"contents":[{"role":"user","parts":[{"text":"x"}]}]}}""", 120), TestContext.Current.CancellationToken);

        using var asked = await _place.ToolAsync("validate", file, "--json");

        var answer = JsonElement.Parse(asked.Output);
        Assert.Equal((120, 100, 20), (answer.GetProperty("errors").GetInt32(), answer.GetProperty("findings").GetArrayLength(), answer.GetProperty("findingsLeftOut").GetInt32()));
    }

    // The machine's service account and no other login. Google's library gives the machine half a second to answer whether it has one, which a busy machine may miss.
    private async Task<RunningProgram> LoggedInAsync(GeminiEmulator emulator, string[] arguments)
    {
        var login = new Dictionary<string, string>
        {
            ["GCE_METADATA_HOST"] = emulator.Endpoint.Authority,
            ["GOOGLE_APPLICATION_CREDENTIALS"] = "",
            ["CLOUDSDK_CONFIG"] = _place.Folder,
            ["HOME"] = _place.Folder,
        };
        for (var attempt = 1; ; attempt++)
        {
            var program = await RunningProgram.RunAsync("Invoices", _place.Folder, arguments, login);
            if (attempt == 3 || !(program.Output + program.Error).Contains("There is no Google Cloud login", StringComparison.Ordinal))
            {
                return program;
            }

            program.Dispose();
        }
    }

    private async Task<SortedDictionary<string, JsonNode?>> ValuesAsync(string file)
    {
        var values = new SortedDictionary<string, JsonNode?>(StringComparer.Ordinal);
        foreach (var line in await File.ReadAllLinesAsync(Path.Combine(_place.Folder, ".gemini-batch", "results", file), TestContext.Current.CancellationToken))
        {
            var row = JsonNode.Parse(line)!;
            values.Add(row["id"]!.GetValue<string>(), row["value"]?.DeepClone());
        }

        return values;
    }
}
