using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace GeminiBatch.Benchmarks;

/// <summary>
/// Plans and packs documents in a process of its own and prints rate and peak memory, beside a plain loop that writes the same bytes with
/// <see cref="Utf8JsonWriter"/> and inserts the same keys into SQLite with the same durability.
/// </summary>
internal static class PlanBenchmark
{
    private const double MostTime = 1.5;
    private const double MostMegabytes = 250;
    private const double MostMegabytesOfFew = 150;
    private const int Few = 100_000;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var count = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 100_000;
        switch (arguments.ElementAtOrDefault(1))
        {
            case "pipeline":
                await PlanAsync(count);
                return 0;
            case "plain":
                Plain(count);
                return 0;
        }

        var number = count.ToString(CultureInfo.InvariantCulture);
        var (plain, pipeline) = (Measured.Child("plan", number, "plain"), Measured.Child("plan", number, "pipeline"));
        var ratio = pipeline["seconds"] / plain["seconds"];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"planned and packed {count:N0} documents: {count / pipeline["seconds"]:N0} documents/s, {pipeline["cpu"] / count * 1e6:0.0} us of processor a document, peak memory {pipeline.PeakMegabytes:N0} MB"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"plain loop:                      {count / plain["seconds"]:N0} documents/s, {plain["cpu"] / count * 1e6:0.0} us of processor a document; planning takes {ratio:0.00} x its time"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ledger and spool:                {pipeline["disk"] / count:N0} bytes a document, {plain["disk"] / count:N0} in the plain loop"));
        return Requirement.AtMost(count <= Few ? MostMegabytesOfFew : MostMegabytes, pipeline.PeakMegabytes, "peak memory of planning and packing", "MB")
            & Requirement.AtMost(MostTime, ratio, "planning and packing", "x the plain loop") ? 0 : 1;
    }

    private static async Task PlanAsync(int count)
    {
        var folder = Directory.CreateTempSubdirectory("gemini-batch-plan-").FullName;
        try
        {
            await using var extractor = BatchExtractor.Create(builder => builder
                .UseDeveloperApi(options => options.ApiKey = Path.GetFileName(folder))
                .UseSqliteLedger(Path.Combine(folder, "ledger.db")));
            await using var run = await extractor.OpenAsync(Receipts.Schema, "plan", Receipts.Documents(count), Receipts.Request);
            var clock = Stopwatch.StartNew();
            var plan = await run.PlanAsync();
            Measured.Report(("seconds", clock.Elapsed.TotalSeconds), ("disk", Measured.BytesOnDisk(folder)));
            if (plan.Rows != count)
            {
                throw new InvalidOperationException("Not every document was planned.");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Plain(int count)
    {
        var folder = Directory.CreateTempSubdirectory("gemini-batch-plain-").FullName;
        try
        {
            var clock = Stopwatch.StartNew();
            using var file = new FileStream(Path.Combine(folder, "rows"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 256 * 1024);
            using var writer = new Utf8JsonWriter(file, SpoolRow.WriterOptions);
            using var connection = Measured.OpenDurable(Path.Combine(folder, "keys.db"));
            Measured.Execute(connection, "CREATE TABLE keys (id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE)");
            using var insert = connection.CreateCommand();
            insert.CommandText = "INSERT INTO keys (key) VALUES ($key)";
            var parameter = insert.Parameters.Add("$key", SqliteType.Blob);
            for (var start = 0; start < count; start += Planner.ChunkDocuments)
            {
                Measured.Execute(connection, "BEGIN IMMEDIATE");
                for (var number = start; number < Math.Min(count, start + Planner.ChunkDocuments); number++)
                {
                    var key = RowKey.FromHash(SHA256.HashData(BitConverter.GetBytes(number)));
                    writer.Reset();
                    SpoolRow.Write(writer, key.ToString(), [new SpoolPart.Text(Encoding.UTF8.GetBytes(Receipts.Text(number)))], null);
                    writer.Flush();
                    file.WriteByte((byte)'\n');
                    parameter.Value = key.ToBytes();
                    insert.ExecuteNonQuery();
                }

                file.Flush(flushToDisk: true);
                Measured.Execute(connection, "COMMIT");
            }

            Measured.Report(("seconds", clock.Elapsed.TotalSeconds), ("disk", Measured.BytesOnDisk(folder)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
