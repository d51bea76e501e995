using System.Runtime.CompilerServices;
using GeminiBatch.Testing;
using Microsoft.Data.Sqlite;

namespace GeminiBatch.Tests.Ledger;

public sealed class LedgerFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gemini-batch-ledger-").FullName;

    private string LedgerPath => Path.Combine(_folder, "ledger.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_layout_is_pinned_for_good()
    {
        using var ledger = Open();
        var layout = ledger.Read(static connection => connection.List(
            "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type DESC, name", static reader => string.Join(' ', reader.GetString(0).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));
        var golden = Path.Combine(Path.GetDirectoryName(ThisFile())!, "LedgerLayout.1.verified.sql");
        Assert.Equal(File.ReadAllText(golden), string.Join("\n", layout) + "\n");
        Assert.Equal(0x47424C47L, ledger.Read(static connection => connection.Number("PRAGMA application_id")));
        Assert.Equal(1L, ledger.Read(static connection => connection.Number("PRAGMA user_version")));
    }

    [Fact]
    public async Task A_ledger_and_its_spool_are_for_their_owner_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no owner-only file mode.");
            return;
        }

        await using var harness = await PipelineHarness.StartAsync();
        await harness.ExtractAsync(PipelineHarness.Documents(2));
        foreach (var path in Directory.GetFiles(harness.Folder, "ledger.db*").Concat(Directory.GetFiles(harness.LedgerPath + ".spool", "*", SearchOption.AllDirectories)))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(harness.LedgerPath + ".spool"));
    }

    [Fact]
    public void A_file_that_is_no_ledger_is_refused_and_left_as_it_is()
    {
        File.WriteAllText(LedgerPath, new string('x', 8_192));
        Assert.Equal(LedgerProblem.Foreign, Assert.Throws<LedgerException>(Open).Problem);
        Assert.Equal(new string('x', 8_192), File.ReadAllText(LedgerPath));

        File.Delete(LedgerPath);
        Change("CREATE TABLE other (id INTEGER)");
        var error = Assert.Throws<LedgerException>(Open);
        Assert.Equal(LedgerProblem.Foreign, error.Problem);
        Assert.Contains(LedgerPath, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ledger_that_must_exist_is_not_created()
    {
        var error = Assert.Throws<LedgerException>(() => LedgerDatabase.Open(new SqliteLedgerOptions { Path = LedgerPath, MustExist = true }, new SkippingClock()));
        Assert.Equal(LedgerProblem.Missing, error.Problem);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void A_ledger_of_a_newer_version_is_refused_with_both_versions()
    {
        Open().Dispose();
        Change("PRAGMA user_version = 99");
        var error = Assert.Throws<LedgerException>(Open);
        Assert.Equal(LedgerProblem.Newer, error.Problem);
        Assert.Contains("99", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_corrupt_ledger_gives_one_line_that_names_it()
    {
        await using var harness = await PipelineHarness.StartAsync();
        await harness.ExtractAsync(PipelineHarness.Documents(200));
        using (var file = File.OpenWrite(harness.LedgerPath))
        {
            file.Position = 4_096;
            file.Write(new byte[file.Length - 4_096]);
        }

        var error = await Assert.ThrowsAsync<LedgerException>(() => harness.ExtractAsync(PipelineHarness.Documents(200)));
        Assert.Equal(LedgerProblem.Corrupt, error.Problem);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public async Task A_full_ledger_stops_the_run_and_loses_nothing()
    {
        await using var harness = await PipelineHarness.StartAsync();
        await using (var extractor = harness.Extractor(configureLedger: static options => options.MaxPageCount = 60))
        {
            await using var run = await extractor.OpenAsync<Receipt>("receipts", PipelineHarness.Documents(3_000).ToAsyncEnumerable(), PipelineHarness.Request, TestContext.Current.CancellationToken);
            var error = await Assert.ThrowsAsync<LedgerException>(() => run.CompleteAsync(TestContext.Current.CancellationToken));
            Assert.Equal(LedgerProblem.Full, error.Problem);
            Assert.Contains(nameof(SqliteLedgerOptions.MaxPageCount), error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(3_000, (await harness.ExtractAsync(PipelineHarness.Documents(3_000))).Count(static result => result.Succeeded));
        Assert.Single(harness.Emulator.Jobs);
    }

    [Fact]
    public async Task A_missing_or_cut_spool_is_told()
    {
        await using var harness = await PipelineHarness.StartAsync();
        await harness.ExtractAsync(PipelineHarness.Documents(2));
        var spool = Path.Combine(harness.LedgerPath + ".spool", "run-1.rows");
        await File.WriteAllTextAsync(spool, "", TestContext.Current.CancellationToken);
        Assert.Equal(LedgerProblem.SpoolDamaged, (await Assert.ThrowsAsync<LedgerException>(() => harness.ExtractAsync(PipelineHarness.Documents(3)))).Problem);
    }

    [Fact]
    public async Task What_a_crash_left_beyond_the_committed_spool_is_cut_off()
    {
        await using var harness = await PipelineHarness.StartAsync();
        await harness.ExtractAsync(PipelineHarness.Documents(2));
        var spool = Path.Combine(harness.LedgerPath + ".spool", "run-1.rows");
        var length = new FileInfo(spool).Length;
        await File.AppendAllTextAsync(spool, "{\"key\":\"half a ro", TestContext.Current.CancellationToken);
        await harness.ExtractAsync(PipelineHarness.Documents(2));
        Assert.Equal(length, new FileInfo(spool).Length);
    }

    [Fact]
    public void States_change_only_as_written_down()
    {
        var allowed = Enum.GetValues<RowState>().SelectMany(static from => Enum.GetValues<RowState>().Where(to => LedgerTransitions.IsAllowed(from, to)).Select(to => $"{from} -> {to}"));
        Assert.Equal(
            ["Planned -> InFlight", "InFlight -> Planned", "InFlight -> Answered", "InFlight -> Succeeded", "InFlight -> Failed", "Answered -> Planned", "Answered -> Failed", "Failed -> Planned"],
            allowed);
        Assert.DoesNotContain(Enum.GetValues<JobState>(), static to => LedgerTransitions.IsAllowed(JobState.Settled, to) || LedgerTransitions.IsAllowed(JobState.Refused, to));
        Assert.DoesNotContain(Enum.GetValues<ShardState>(), static to => LedgerTransitions.IsAllowed(ShardState.Settled, to));
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;

    private LedgerDatabase Open() => LedgerDatabase.Open(new SqliteLedgerOptions { Path = LedgerPath }, new SkippingClock());

    private void Change(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={LedgerPath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are this test's own.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
