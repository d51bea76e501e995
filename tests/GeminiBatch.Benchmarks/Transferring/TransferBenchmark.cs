using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;

namespace GeminiBatch.Benchmarks;

/// <summary>
/// Uploads and downloads one large object through the client, each in a process of its own, and prints time and peak memory, beside a plain
/// <see cref="HttpClient"/> that copies the same bytes to and from the same server.
/// </summary>
internal static class TransferBenchmark
{
    private const double MostTime = 1.3;
    private const double MostMegabytes = 250;
    private const string Bucket = "transfer-bucket";
    private const string Token = "transfer";

    public static async Task<int> RunAsync(string[] arguments)
    {
        var megabytes = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 2_000;
        if (arguments is [_, var what, var endpoint])
        {
            await MeasureAsync(what, new Uri(endpoint), megabytes * 1_000_000L);
            return 0;
        }

        await using var emulator = await GeminiEmulator.StartAsync(new GeminiEmulatorOptions { MaxFileBytes = long.MaxValue });
        await Client(emulator.Endpoint).Storage.CreateBucketAsync(Bucket, "us-central1", "x");
        var failed = false;
        foreach (var (name, own, plain) in ((string, string, string)[])[("upload", "upload", "plain-upload"), ("download", "download", "plain-download")])
        {
            // The first of each pair would pay for the disk's cache; the better of two is what the code takes.
            var (ours, theirs) = (Better(own, megabytes, emulator.Endpoint), Better(plain, megabytes, emulator.Endpoint));
            var ratio = ours["seconds"] / theirs["seconds"];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-8} of {megabytes} MB: {megabytes / ours["seconds"]:N0} MB/s, peak memory {ours.PeakMegabytes:N0} MB; plain HttpClient {megabytes / theirs["seconds"]:N0} MB/s, {theirs.PeakMegabytes:N0} MB; {ratio:0.00} x its time"));
            failed |= ratio > MostTime || ours.PeakMegabytes > MostMegabytes;
        }

        if (!failed)
        {
            return 0;
        }

        await Console.Error.WriteLineAsync($"A transfer may take {MostMegabytes} MB and {MostTime} x the time of a plain HttpClient.");
        return 1;
    }

    private static Measured Better(string what, int megabytes, Uri endpoint)
    {
        var number = megabytes.ToString(CultureInfo.InvariantCulture);
        var (first, second) = (Measured.Child("transfer", number, what, endpoint.AbsoluteUri), Measured.Child("transfer", number, what, endpoint.AbsoluteUri));
        return first["seconds"] < second["seconds"] ? first : second;
    }

    private static async Task MeasureAsync(string what, Uri endpoint, long size)
    {
        var clock = Stopwatch.StartNew();
        switch (what)
        {
            case "upload":
                await using (var content = new RepeatedBytes(size))
                {
                    await Client(endpoint).Storage.UploadAsync(content, new CloudUpload { Name = new CloudObjectName(Bucket, "object"), ContentType = "application/jsonl", Size = size });
                }

                break;
            case "download":
                var storage = Client(endpoint).Storage;
                await using (var stream = await storage.OpenAsync((await storage.FindAsync(new CloudObjectName(Bucket, "object")))!))
                {
                    await DrainAsync(stream, size);
                }

                break;
            case "plain-upload":
                using (var http = PlainClient())
                {
                    using var content = new StreamContent(new RepeatedBytes(size), 8 * 1024 * 1024);
                    content.Headers.ContentLength = size;
                    using var answer = await http.PostAsync(new Uri(endpoint, $"upload/storage/v1/b/{Bucket}/o?uploadType=media&name=object"), content);
                    answer.EnsureSuccessStatusCode();
                }

                break;
            case "plain-download":
                using (var http = PlainClient())
                {
                    await using var stream = await http.GetStreamAsync(new Uri(endpoint, $"storage/v1/b/{Bucket}/o/object?alt=media"));
                    await DrainAsync(stream, size);
                }

                break;
            default:
                throw new ArgumentException($"'{what}' is nothing to measure.", nameof(what));
        }

        Measured.Report(("seconds", clock.Elapsed.TotalSeconds));
    }

    private static async Task DrainAsync(Stream stream, long size)
    {
        var buffer = new byte[128 * 1024];
        var total = 0L;
        int read;
        while ((read = await stream.ReadAsync(buffer)) > 0)
        {
            total += read;
        }

        if (total != size)
        {
            throw new InvalidOperationException($"{total} of {size} bytes came.");
        }
    }

    private static VertexAIClient Client(Uri endpoint) => new(new VertexAIOptions { Project = "transfer", Endpoint = endpoint, StorageEndpoint = endpoint, AccessTokens = new FixedToken() });

    private static HttpClient PlainClient()
    {
        var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        return http;
    }

    private sealed class FixedToken : IAccessTokenSource
    {
        public ValueTask<GeminiAccessToken> GetTokenAsync(CancellationToken cancellationToken = default) => new(new GeminiAccessToken(Token));
    }
}
