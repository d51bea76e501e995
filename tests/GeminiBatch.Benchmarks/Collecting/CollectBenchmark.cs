using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace GeminiBatch.Benchmarks;

/// <summary>
/// Collects result rows in a process of its own, beside a plain loop that reads the same lines, parses them with System.Text.Json and inserts the
/// same rows into SQLite with the same durability.
/// </summary>
internal static class CollectBenchmark
{
    private const double MostTime = 1.5;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var count = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 100_000;
        switch (arguments.ElementAtOrDefault(1))
        {
            case "pipeline":
                await CollectAsync(count, arguments[2]);
                return 0;
            case "plain":
                Plain(arguments[2]);
                return 0;
        }

        var folder = Directory.CreateTempSubdirectory("gemini-batch-collect-").FullName;
        try
        {
            var number = count.ToString(CultureInfo.InvariantCulture);
            var (pipeline, plain) = (Measured.Child("collect", number, "pipeline", folder), Measured.Child("collect", number, "plain", folder));
            var ratio = pipeline["seconds"] / plain["seconds"];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"collected {count:N0} result rows: {count / pipeline["seconds"]:N0} rows/s; peak memory of the whole run {pipeline.PeakMegabytes:N0} MB"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"plain loop:                 {count / plain["seconds"]:N0} rows/s; collection takes {ratio:0.00} x its time"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ledger without spool:       {pipeline["disk"] / count:N0} bytes a document, {plain["disk"] / count:N0} in the plain loop"));
            return Requirement.AtMost(MostTime, ratio, "collection", "x the plain loop") ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task CollectAsync(int count, string folder)
    {
        await using var extractor = BatchExtractor.Create(builder => builder
            .UseBackend(_ => new AnsweringBackend(folder))
            .UseSqliteLedger(Path.Combine(folder, "ledger.db")));
        await using var run = await extractor.OpenAsync(Receipts.Schema, "collect", Receipts.Documents(count), Receipts.Request);
        await run.PlanAsync();
        var clock = new Stopwatch();
        extractor.Engine.Fault = point =>
        {
            if (point == "collect.get:before")
            {
                clock.Start();
            }
            else if (point == "collect.finish:after")
            {
                clock.Stop();
            }
        };
        var summary = await run.CompleteAsync();
        Measured.Report(("seconds", clock.Elapsed.TotalSeconds), ("disk", new FileInfo(Path.Combine(folder, "ledger.db")).Length));
        if (summary.Succeeded != count)
        {
            throw new InvalidOperationException("Not every document succeeded.");
        }
    }

    private static void Plain(string folder)
    {
        var results = Directory.GetFiles(folder, "*.results").Order(StringComparer.Ordinal);
        var path = Path.Combine(folder, "plain.db");
        var clock = Stopwatch.StartNew();
        using var connection = Measured.OpenDurable(path);
        Measured.Execute(connection, "CREATE TABLE results (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, answer TEXT, tokens INTEGER NOT NULL, raw TEXT NOT NULL)");
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO results (key, answer, tokens, raw) VALUES ($key, $answer, $tokens, $raw)";
        var (key, answer, tokens, raw) = (insert.Parameters.Add("$key", SqliteType.Text), insert.Parameters.Add("$answer", SqliteType.Text), insert.Parameters.Add("$tokens", SqliteType.Integer), insert.Parameters.Add("$raw", SqliteType.Text));
        var open = 0;
        foreach (var line in results.SelectMany(File.ReadLines))
        {
            if (open == 0)
            {
                Measured.Execute(connection, "BEGIN IMMEDIATE");
            }

            using var document = JsonDocument.Parse(line);
            var response = document.RootElement.GetProperty("response");
            key.Value = document.RootElement.GetProperty("key").GetString();
            answer.Value = response.GetProperty("candidates")[0].GetProperty("content").GetProperty("parts")[0].GetProperty("text").GetString();
            tokens.Value = response.GetProperty("usageMetadata").GetProperty("totalTokenCount").GetInt64();
            raw.Value = line;
            insert.ExecuteNonQuery();
            if (++open == ResultChunk.Rows)
            {
                Measured.Execute(connection, "COMMIT");
                open = 0;
            }
        }

        if (open > 0)
        {
            Measured.Execute(connection, "COMMIT");
        }

        Measured.Report(("seconds", clock.Elapsed.TotalSeconds), ("disk", new FileInfo(path).Length));
    }
}
