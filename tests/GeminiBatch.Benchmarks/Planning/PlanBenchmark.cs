using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace GeminiBatch.Benchmarks;

/// <summary>
/// Plans and packs documents in a process of its own and prints rate and peak memory, beside a plain loop that writes the same bytes with
/// <see cref="Utf8JsonWriter"/> and inserts as many keys into SQLite with the same durability.
/// </summary>
internal static class PlanBenchmark
{
    private const int ChunkDocuments = 1_000;
    private const long MostBytes = 150L * 1024 * 1024;

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

        var plain = Child(count, "plain");
        var pipeline = Child(count, "pipeline");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"planned and packed {count:N0} documents: {count / pipeline.Seconds:N0} documents/s, peak memory {pipeline.PeakBytes / 1048576.0:N0} MB"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"plain loop:                      {count / plain.Seconds:N0} documents/s; planning takes {pipeline.Seconds / plain.Seconds:0.00} x its time"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ledger and spool:                {pipeline.DiskBytes / (double)count:N0} bytes a document, {plain.DiskBytes / (double)count:N0} in the plain loop"));
        if (pipeline.PeakBytes < MostBytes)
        {
            return 0;
        }

        await Console.Error.WriteLineAsync("Planning took more than 150 MB of memory.");
        return 1;
    }

    private static (double Seconds, long PeakBytes, long DiskBytes) Child(int count, string mode)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in (string[])["plan", count.ToString(CultureInfo.InvariantCulture), mode])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var numbers = process.StandardOutput.ReadToEnd().Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        process.WaitForExit();
        return process.ExitCode == 0
            ? (double.Parse(numbers[0], CultureInfo.InvariantCulture), long.Parse(numbers[1], CultureInfo.InvariantCulture), long.Parse(numbers[2], CultureInfo.InvariantCulture))
            : throw new InvalidOperationException($"The measured process ended with {process.ExitCode}.");
    }

    private static async Task PlanAsync(int count)
    {
        var folder = Directory.CreateTempSubdirectory("gemini-batch-plan-").FullName;
        try
        {
            await using var extractor = BatchExtractor.Create(builder => builder
                .UseDeveloperApi(static options => options.ApiKey = "never-sent")
                .UseSqliteLedger(Path.Combine(folder, "ledger.db")));
            var schema = ExtractionSchema.FromJsonSchema("Receipt", """{"type":"object","properties":{"number":{"type":"string"},"total":{"type":"number"}},"required":["number","total"]}"""u8);
            var documents = Enumerable.Range(0, count).Select(static number => BatchDocument.FromText(Id(number), Text(number))).ToAsyncEnumerable();
            await using var run = await extractor.OpenAsync(schema, "plan", documents, new ExtractionRequest { Prompt = "Extract the receipt." });
            var clock = Stopwatch.StartNew();
            var plan = await run.PlanAsync();
            Report(clock, folder, plan.Rows == count);
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
            using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "keys.db")};Pooling=False");
            connection.Open();
            Execute(connection, "PRAGMA journal_mode = WAL");
            Execute(connection, "PRAGMA synchronous = FULL");
            Execute(connection, "CREATE TABLE keys (id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE)");
            using var insert = connection.CreateCommand();
            insert.CommandText = "INSERT INTO keys (key) VALUES ($key)";
            var parameter = insert.Parameters.Add("$key", SqliteType.Blob);
            for (var start = 0; start < count; start += ChunkDocuments)
            {
                Execute(connection, "BEGIN IMMEDIATE");
                for (var number = start; number < Math.Min(count, start + ChunkDocuments); number++)
                {
                    var key = RowKey.FromHash(SHA256.HashData(BitConverter.GetBytes(number)));
                    writer.Reset();
                    SpoolRow.Write(writer, key.ToString(), [new SpoolPart.Text(Encoding.UTF8.GetBytes(Text(number)))], null);
                    writer.Flush();
                    file.WriteByte((byte)'\n');
                    parameter.Value = key.ToBytes();
                    insert.ExecuteNonQuery();
                }

                file.Flush(flushToDisk: true);
                Execute(connection, "COMMIT");
            }

            Report(clock, folder, isRight: true);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Report(Stopwatch clock, string folder, bool isRight)
    {
        clock.Stop();
        using var process = Process.GetCurrentProcess();
        var disk = Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(static path => !path.EndsWith("-wal", StringComparison.Ordinal)).Sum(static path => new FileInfo(path).Length);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed.TotalSeconds} {process.PeakWorkingSet64} {disk}"));
        if (!isRight)
        {
            throw new InvalidOperationException("Not every document was planned.");
        }
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are constants of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"inbox/{number / 1_000:D4}/receipt-{number:D8}.txt");

    // Some 1.5 kB, as a receipt of twenty lines has.
    private static string Text(int number)
    {
        var text = new StringBuilder(2_048);
        text.Append(CultureInfo.InvariantCulture, $"Receipt number: R-{number}\n");
        for (var line = 0; line < 20; line++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{line + 1,3}  Article {(number * 31) + line:D9} of the catalogue, assorted   {line * 1.25m,10:0.00}\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"Total: {number * 1.25m:0.00}\n").ToString();
    }
}
