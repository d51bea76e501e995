using System.Text.Json;

namespace GeminiBatch.CommandLine.Tests.Exporting;

public sealed class ResultFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gemini-batch-files-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Both_files_say_the_same_in_document_order()
    {
        using var files = await WriteAsync(
            TestSchema.Failed("b.txt"),
            TestSchema.Succeeded(
                "a.txt",
                """{"number":"=A-1","issuedOn":"2025-03-04","currency":"EUR","total":-1234567.50,"supplier":{"name":"Hall, \"Sons\"","city":null},"lines":[{"text":"Bolt","amount":10}]}""",
                new AnswerRepair(AnswerRepairKind.TrailingComma, "$.lines", 3, 1, "A comma too many.")));

        var lines = (await File.ReadAllLinesAsync(files.JsonLinesPath, Token)).Select(line => JsonElement.Parse(line)).ToList();
        var rows = CsvReader.Read(await File.ReadAllTextAsync(files.CsvPath, Token));
        Assert.Equal(["a.txt", "b.txt"], lines.Select(line => line.GetProperty("id").GetString()));
        Assert.Equal(["document", "key", "status", "reason", "message", "number", "issuedOn", "currency", "total", "supplier.name", "supplier.city", "lines", "repairs", "attempts", "cost", "model", "metadata.folder", "metadata.year"], rows[0]);
        Assert.Equal(["a.txt", TestSchema.Key, "succeeded", "", "", "'=A-1", "2025-03-04", "EUR", "-1234567.50", "Hall, \"Sons\"", "", """[{"text":"Bolt","amount":10}]""", "1", "1", "", "gemini-test", "in\"box", "2025"], rows[1]);
        Assert.Equal(["b.txt", TestSchema.Key, "failed", "truncated", "The answer was cut.", "", "", "", "", "", "", "", "0", "3", "", "", "", ""], rows[2]);
        Assert.Equal("=A-1", lines[0].GetProperty("value").GetProperty("number").GetString());
        Assert.Equal("TrailingComma", lines[0].GetProperty("repairs")[0].GetProperty("kind").GetString());
        Assert.Equal(2025, lines[0].GetProperty("metadata").GetProperty("year").GetInt32());
        Assert.Equal(15, lines[0].GetProperty("usage").GetProperty("totalTokens").GetInt32());
        Assert.Equal("truncated", lines[1].GetProperty("failure").GetProperty("reason").GetString());
        Assert.Equal(JsonValueKind.Null, lines[1].GetProperty("value").ValueKind);
    }

    [Fact]
    public async Task The_order_in_which_results_came_leaves_no_trace()
    {
        var results = Enumerable.Range(0, 20).Select(index => TestSchema.Succeeded($"{index}.txt", $$"""{"number":"{{index}}"}""")).ToArray();
        using (var files = await WriteAsync(results))
        {
            var first = await ReadAsync(files);
            new Random(7).Shuffle(results);
            using var again = await WriteAsync(results);
            Assert.Equal(first, await ReadAsync(again));
        }
    }

    [Fact]
    public async Task Results_are_for_their_owner_only()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file mode.");
            return;
        }

        using var files = await WriteAsync(TestSchema.Failed("a.txt"));

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(files.JsonLinesPath));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(files.CsvPath));
    }

    [Fact]
    public void Runs_of_different_names_have_different_files()
    {
        var paths = ((string[])["a b", "a_b", "a/b", "..", "a.b"]).Select(name =>
        {
            using var files = new ResultFiles(_folder, name, TestSchema.Table);
            return files.JsonLinesPath;
        }).ToList();

        Assert.Equal(paths.Count, paths.Distinct().Count());
    }

    [Fact]
    public async Task Files_that_were_not_finished_leave_nothing_behind()
    {
        var files = new ResultFiles(_folder, "run", TestSchema.Table);
        await files.AddAsync(TestSchema.Failed("a.txt"), Token);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => files.WriteAsync(cancelled.Token));
        files.Dispose();

        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task Programs_that_write_results_of_one_run_at_once_leave_whole_files_and_no_others()
    {
        var results = Enumerable.Range(0, 500).Select(index => TestSchema.Failed($"{index:D4}.txt")).ToArray();
        await Parallel.ForAsync(0, 40, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = Token }, async (_, _) =>
        {
            using var files = await WriteAsync(results);
            Assert.Equal(500, (await File.ReadAllLinesAsync(files.JsonLinesPath, Token)).Length);
            Assert.Equal(501, (await File.ReadAllLinesAsync(files.CsvPath, Token)).Length);
        });

        Assert.Equal(["run.csv", "run.jsonl"], Directory.GetFiles(_folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_a_program_that_was_killed_has_left_is_removed_after_a_day_and_what_is_being_written_stays()
    {
        string Other(string name, int hours)
        {
            var path = Path.Combine(_folder, name);
            File.WriteAllText(path, "begun");
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddHours(-hours));
            return path;
        }

        var (begun, abandoned) = (Other($"run.jsonl.{Guid.NewGuid():N}.tmp", 2), Other($"run.csv.{Guid.NewGuid():N}.tmp", 30));
        var (foreign, ofOther) = (Other("run.jsonl.mine.tmp", 30), Other($"run-2.jsonl.{Guid.NewGuid():N}.tmp", 30));
        (await WriteAsync(TestSchema.Failed("a.txt"))).Dispose();

        Assert.False(File.Exists(abandoned));
        Assert.All((string[])[begun, foreign, ofOther], static path => Assert.Equal("begun", File.ReadAllText(path)));
    }

    [Fact]
    public async Task A_link_in_place_of_the_file_stays_a_link()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege.");
        var target = Path.Combine(_folder, "elsewhere.txt");
        await File.WriteAllTextAsync(target, "", Token);
        File.CreateSymbolicLink(Path.Combine(_folder, "run.jsonl"), target);

        using var files = await WriteAsync(TestSchema.Failed("a.txt"));

        Assert.Equal(target, new FileInfo(files.JsonLinesPath).LinkTarget);
        Assert.Contains("a.txt", await File.ReadAllTextAsync(target, Token), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_name_cannot_lead_out_of_the_folder()
    {
        using var files = new ResultFiles(_folder, "../../etc/run 1", TestSchema.Table);

        Assert.Equal(_folder, Path.GetDirectoryName(Path.GetFullPath(files.JsonLinesPath)));
    }

    private static async Task<string> ReadAsync(ResultFiles files) =>
        await File.ReadAllTextAsync(files.JsonLinesPath, Token) + await File.ReadAllTextAsync(files.CsvPath, Token);

    private async Task<ResultFiles> WriteAsync(params ExtractionResult[] results)
    {
        var files = new ResultFiles(_folder, "run", TestSchema.Table);
        foreach (var result in results)
        {
            await files.AddAsync(result, Token);
        }

        await files.WriteAsync(Token);
        return files;
    }
}
