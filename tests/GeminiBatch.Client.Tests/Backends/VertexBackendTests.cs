using System.Text;
using GeminiBatch.Client.Tests.Storage;
using GeminiBatch.Client.Tests.Wire;
using Microsoft.AspNetCore.Http;

namespace GeminiBatch.Client.Tests.Backends;

/// <summary>Protocol 3.4, 3.5 and 4: staging into the bucket and reading results from a job's own folder.</summary>
public sealed class VertexBackendTests
{
    private const string Folder = "gemini-batch/output/gb-1/prediction-model-2026-11-22T01:00:07.553211Z";

    [Fact]
    public async Task Staging_twice_stores_once_and_another_content_replaces_the_older()
    {
        var bucket = new BucketServer();
        await using StubServer server = await bucket.StartAsync();
        var backend = new VertexBackend(server.VertexClient());

        StagedFile first = await StageAsync(backend, "one\n");
        StagedFile again = await StageAsync(backend, "one\n");
        StagedFile other = await StageAsync(backend, "two\n");

        Assert.Equal(("gs://demo-bucket/gemini-batch/input/gb-1.jsonl", null), (first.Name, first.ExpiresAt));
        Assert.Equal(first, again);
        Assert.Equal(first, other);
        Assert.Equal("two\n"u8.ToArray(), bucket.Objects["gemini-batch/input/gb-1.jsonl"].Bytes);
        Assert.Equal(2, server.Requests.Count(request => request.Method == "PUT"));
        Assert.Equal(["0", "1001"], server.Requests.Where(request => request.Method == "POST").Select(request => request.Path[(request.Path.LastIndexOf('=') + 1)..]));
    }

    [Fact]
    public async Task An_object_stored_by_somebody_else_in_between_is_taken_if_it_is_the_same()
    {
        BucketServer bucket = null!;
        bucket = new BucketServer
        {
            Spoil = (kind, number, _, _) =>
            {
                if (kind == "start" && number == 1)
                {
                    bucket.Put("gemini-batch/media/gb-1", "one\n");
                }

                return Task.FromResult(false);
            },
        };
        await using StubServer server = await bucket.StartAsync();

        StagedFile staged = await StageAsync(new VertexBackend(server.VertexClient()), "one\n", "image/png", hashed: false);

        Assert.Equal("gs://demo-bucket/gemini-batch/media/gb-1", staged.Uri);
        Assert.DoesNotContain(server.Requests, request => request.Method == "PUT");
    }

    [Fact]
    public async Task A_missing_bucket_is_an_error_that_says_so_or_is_created_by_the_rules()
    {
        var bucket = new BucketServer { Spoil = NoBucket };
        await using StubServer server = await bucket.StartAsync();

        GeminiApiException exception = await Assert.ThrowsAsync<GeminiApiException>(() => StageAsync(new VertexBackend(server.VertexClient()), "x"));
        StagedFile staged = await StageAsync(new VertexBackend(server.VertexClient(options => (options.CreateBucket, options.Location) = (true, "europe-west4"))), "x");

        Assert.Contains("VertexAIOptions.CreateBucket", exception.Message, StringComparison.Ordinal);
        StubRequest creation = server.Requests.Single(request => request.Path.StartsWith("/storage/v1/b?", StringComparison.Ordinal));
        Assert.Equal("POST /storage/v1/b?project=demo-proj", creation.ToString());
        Assert.Equal(
            """{"name":"demo-bucket","location":"europe-west4","iamConfiguration":{"uniformBucketLevelAccess":{"enabled":true},"publicAccessPrevention":"enforced"},"lifecycle":{"rule":[{"action":{"type":"Delete"},"condition":{"age":30,"matchesPrefix":["gemini-batch/"]}}]}}""",
            creation.Text);

        // 30 days by the rule, less the time that a job may wait and run.
        Assert.Equal(new DateTimeOffset(2026, 12, 17, 8, 0, 0, 123, TimeSpan.Zero), staged.ExpiresAt);

        static async Task<bool> NoBucket(string kind, int number, HttpContext context, StubRequest request)
        {
            if (kind == "create-bucket")
            {
                await context.Response.WriteAsync(request.Text);
                return true;
            }

            context.Response.StatusCode = kind == "bucket" ? 404 : 200;
            return kind == "bucket";
        }
    }

    [Fact]
    public async Task A_bucket_name_that_is_taken_is_ours_from_before_or_an_error()
    {
        bool isOurs = true;
        await using StubServer server = await StubServer.StartAsync(async (request, context) =>
        {
            context.Response.StatusCode = request.Method == "POST" ? 409 : isOurs ? 200 : 403;
            await context.Response.WriteAsync(context.Response.StatusCode == 200 ? SharedBucket : """{"error":{"code":409,"message":"You already own this bucket."}}""");
        });

        CloudBucket ours = await server.VertexClient().Storage.CreateBucketAsync("demo-bucket", "us", "p", TestContext.Current.CancellationToken);
        isOurs = false;
        GeminiApiException taken = await Assert.ThrowsAsync<GeminiApiException>(() => server.VertexClient().Storage.CreateBucketAsync("demo-bucket", "us", "p", TestContext.Current.CancellationToken));

        Assert.Equal(("us-central1", "region", true), (ours.Location, ours.LocationType, ours.HasUniformAccess));
        Assert.Contains("choose another one", taken.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("global", "us-central1", "region", true)]
    [InlineData("us-central1", "us-central1", "region", true)]
    [InlineData("us-central1", "us", "multi-region", true)]
    [InlineData("europe-west4", "eu", "multi-region", true)]
    [InlineData("eu", "eu", "multi-region", true)]
    [InlineData("eu", "europe-west1", "region", true)]
    [InlineData("europe-west4", "us-central1", "region", false)]
    [InlineData("europe-west4", "us", "multi-region", false)]
    public void A_bucket_elsewhere_is_told(string location, string bucketLocation, string type, bool suits) =>
        Assert.Equal(suits, VertexStaging.Suits(new CloudBucket { Name = "demo-bucket", Location = bucketLocation, LocationType = type }, location));

    [Fact]
    public async Task A_bucket_elsewhere_and_missing_permissions_warn_and_block_nothing()
    {
        var bucket = new BucketServer
        {
            Spoil = async (kind, _, context, request) =>
            {
                if (request.Path.Contains("testPermissions", StringComparison.Ordinal))
                {
                    await context.Response.WriteAsync("""{"permissions":["storage.objects.get","storage.objects.list"]}""");
                    return true;
                }

                return false;
            },
        };
        await using StubServer server = await bucket.StartAsync();
        using var logs = new CollectingLoggerFactory();

        await StageAsync(new VertexBackend(server.VertexClient(options => options.Location = "asia-east1", logs)), "x");

        Assert.Contains(logs.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains("asia-east1", StringComparison.Ordinal));
        Assert.Contains(logs.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains("storage.objects.create, storage.objects.delete", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Results_are_every_jsonl_file_of_the_job_s_own_folder_and_of_no_neighbour()
    {
        var bucket = new BucketServer { PageSize = 1 };
        bucket.Put(Folder + "/predictions.jsonl", "{\"key\":\"a\"}\n{\"key\":\"b\"}\n");
        bucket.Put(Folder + "/predictions_0002.jsonl", "{\"key\":\"c\"}\n");
        bucket.Put(Folder + "/report.txt", "{\"key\":\"no\"}\n");
        bucket.Put(Folder + "-2/predictions.jsonl", "{\"key\":\"neighbour\"}\n");
        bucket.Put("gemini-batch/output/gb-1/prediction-model-2026/predictions.jsonl", "{\"key\":\"older\"}\n");
        await using StubServer server = await bucket.StartAsync();

        Assert.Equal(["""{"key":"a"}""", """{"key":"b"}""", """{"key":"c"}"""], await ReadAsync(server));
    }

    [Fact]
    public async Task A_row_without_its_key_gets_it_from_the_one_request_that_is_the_same()
    {
        var bucket = new BucketServer();
        bucket.Put("in.jsonl", """
            {"key":"k1","request":{"contents":[{"parts":[{"text":"one"}]}]}}
            {"key":"k2","request":{"contents":[{"parts":[{"text":"same"}]}]}}
            {"key":"k3","request":{"contents":[{"parts":[{"text":"same"}]}]}}

            """);
        bucket.Put(Folder + "/predictions.jsonl", """
            {"status":"","request":{"contents":[{"parts":[{"text":"one","fileData":null}]}]},"response":{}}
            {"status":"","key":null,"request":{"contents":[{"parts":[{"text":"one"}]}]},"response":{}}
            {"status":"","request":{"contents":[{"parts":[{"text":"same"}]}]},"response":{}}
            {"status":"","request":{"contents":[{"parts":[{"text":"unknown"}]}]},"response":{}}
            {"status":"","request":{"contents":[{"parts":[{"text":"one"}]}],"labels":{"custom_id":"k9"}},"response":{}}

            """);
        await using StubServer server = await bucket.StartAsync();

        List<string> rows = await ReadAsync(server, "gs://demo-bucket/in.jsonl");

        Assert.Equal(["k1", "k1", null, null, "k9"], rows.Select(row => ResultRowReader.Read(Encoding.UTF8.GetBytes(row)).Key));
    }

    [Theory]
    [InlineData("https://generativelanguage.googleapis.com/v1beta/files/abc", false)]
    [InlineData("gs://B/x", false)]
    [InlineData("gs://demo-bucket/x.pdf", true)]
    [InlineData("https://example.test/x.pdf", true)]
    public async Task Addresses_of_the_other_backend_are_told_before_they_are_sent(string address, bool readable)
    {
        await using StubServer server = await StubServer.StartAsync((200, "{}"));

        Assert.Equal(readable, new VertexBackend(server.VertexClient()).WhyUnreadable(address) is null);
        Assert.Equal(!address.StartsWith("gs://", StringComparison.Ordinal), new DeveloperBackend(server.Client()).WhyUnreadable(address) is null);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Metadata_travels_in_the_row_unless_that_is_switched_off(bool carries)
    {
        await using StubServer server = await StubServer.StartAsync((200, "{}"));
        var backend = new VertexBackend(server.VertexClient(options => options.CarryMetadata = carries));

        string row = Encoding.UTF8.GetString(RawJson.Write(writer => backend.WriteRow(writer, "a", new GeminiRequest { Contents = [GeminiContent.FromText("x")] }, """{"supplier":"ACME"}""")));

        Assert.Equal(carries, backend.CarriesMetadata);
        Assert.Equal(carries, row.Contains("gb_s_supplier", StringComparison.Ordinal));
        Assert.Equal(carries, row.Contains("ACME", StringComparison.Ordinal));
    }

    private const string SharedBucket = """{"kind":"storage#bucket","name":"demo-bucket","location":"US-CENTRAL1","locationType":"region","iamConfiguration":{"uniformBucketLevelAccess":{"enabled":true}}}""";

    private static async Task<List<string>> ReadAsync(StubServer server, string? input = null)
    {
        var job = new GeminiBatchJob { Name = "projects/1/locations/global/batchPredictionJobs/2", InputFile = input, ResultsFolder = "gs://demo-bucket/" + Folder };
        var rows = new List<string>();
        await foreach (ReadOnlyMemory<byte> line in new VertexBackend(server.VertexClient()).ReadResultLinesAsync(job, TestContext.Current.CancellationToken))
        {
            rows.Add(Encoding.UTF8.GetString(line.Span));
        }

        return rows;
    }

    private static async Task<StagedFile> StageAsync(VertexBackend backend, string content, string mimeType = "application/jsonl", bool hashed = true)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(content);
        return await backend.StageAsync(
            new StagingFile
            {
                Name = "gb-1",
                MimeType = mimeType,
                Size = bytes.Length,
                Sha256 = hashed ? System.Security.Cryptography.SHA256.HashData(bytes) : default,
                Open = _ => new ValueTask<Stream>(new MemoryStream(bytes)),
            },
            TestContext.Current.CancellationToken);
    }
}
