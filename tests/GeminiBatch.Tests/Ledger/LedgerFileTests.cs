using GeminiBatch.Testing;
using Microsoft.Data.Sqlite;

namespace GeminiBatch.Tests.Ledger;

public sealed class LedgerFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gemini-batch-ledger-").FullName;

    private string LedgerPath => Path.Combine(_folder, "ledger.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void The_layout_of_every_version_is_pinned_for_good(int version)
    {
        Migrate(version);
        using var connection = Connect();
        var layout = new List<string>();
        using (var reader = Command(connection, "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type = 'trigger', type DESC, name").ExecuteReader())
        {
            while (reader.Read())
            {
                layout.Add(string.Join(' ', reader.GetString(0).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
            }
        }

        var golden = Path.Combine(SourceTree.Root, "tests", "GeminiBatch.Tests", "Ledger", $"LedgerLayout.{version}.verified.sql");
        Assert.Equal(File.Exists(golden) ? File.ReadAllText(golden) : "", string.Join("\n", layout) + "\n");
        Assert.Equal(5, LedgerLayout.CurrentVersion);
    }

    [Fact]
    public void The_changelog_tells_of_the_layout()
    {
        var changelog = File.ReadAllText(Path.Combine(SourceTree.Root, "CHANGELOG.md"));
        var formats = changelog.Split("### Formats")[1].Split("\n#")[0];
        Assert.Contains($"Ledger layout {LedgerLayout.CurrentVersion}.", formats, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ledger_of_the_first_version_is_brought_up_to_date_and_goes_on()
    {
        await using var harness = await PipelineHarness.StartAsync();
        Migrate(1, harness.LedgerPath);
        Assert.Equal(3, (await harness.ExtractAsync(PipelineHarness.Documents(3))).Count(static result => result.Succeeded));
        await using var extractor = harness.Extractor();
        Assert.Equal(LedgerLayout.CurrentVersion, extractor.Engine.Ledger.Read(static connection => connection.Number("PRAGMA user_version")));
        Assert.Equal("oldledge", extractor.Engine.Ledger.Name);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_run_of_an_older_ledger_keeps_its_answers_and_sends_only_what_is_open(int version)
    {
        await using var harness = await PipelineHarness.StartAsync();
        var token = TestContext.Current.CancellationToken;
        var before = await harness.ExtractAsync(PipelineHarness.Documents(3));
        await using (var extractor = harness.Extractor())
        {
            await using var run = await extractor.OpenAsync<Receipt>("receipts", PipelineHarness.Documents(4).ToAsyncEnumerable(), PipelineHarness.Request, token);
            Assert.Equal(1, (await run.PlanAsync(token)).RowsToSend);
        }

        MakeOlder(harness.LedgerPath, version);
        var after = await harness.ExtractAsync(PipelineHarness.Documents(4));

        Assert.Equal(before.Select(static result => result.Value), after.Take(3).Select(static result => result.Value));
        Assert.All(after, static result => Assert.True(result.Succeeded));
        await using var reader = harness.Extractor();
        Assert.Equal([3, 1], reader.Engine.Ledger.Read(static connection => connection.List("SELECT rows FROM shards ORDER BY number", static row => row.GetInt64(0))));
    }

    [Fact]
    public async Task A_schema_is_sent_in_the_form_of_today()
    {
        await using var harness = await PipelineHarness.StartAsync();
        await harness.ExtractAsync(PipelineHarness.Documents(1));
        using (var connection = Connect(harness.LedgerPath))
        {
            await Command(connection, "UPDATE schemas SET response_schema = x'7B7D'").ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await harness.ExtractAsync(PipelineHarness.Documents(2));

        await using var reader = harness.Extractor();
        Assert.Equal(Receipt.Schema.ResponseSchema.ToArray(), reader.Engine.Ledger.Read(static connection => connection.First("SELECT response_schema FROM schemas", static row => row.GetFieldValue<byte[]>(0))));
    }

    [Fact]
    public async Task A_ledger_that_is_only_read_stays_as_it_is_whatever_its_version()
    {
        await using var harness = await PipelineHarness.StartAsync();
        Migrate(1, harness.LedgerPath);
        var token = TestContext.Current.CancellationToken;
        var before = await File.ReadAllBytesAsync(harness.LedgerPath, token);
        await using (var reader = harness.Extractor(configureLedger: static options => options.ReadOnly = true))
        {
            Assert.Empty(await reader.ListRunsAsync(token).ToListAsync(token));
            Assert.Empty(await reader.CheckAsync(cancellationToken: token).ToListAsync(token));
            Assert.Equal("oldledge", reader.Engine.Ledger.Name);
            var error = await Assert.ThrowsAsync<LedgerException>(async () => await reader.OpenAsync<Receipt>("receipts", AsyncEnumerable.Empty<BatchDocument>(), PipelineHarness.Request, token));
            Assert.Equal(LedgerProblem.ReadOnly, error.Problem);
        }

        Assert.Equal(before, await File.ReadAllBytesAsync(harness.LedgerPath, token));
        Assert.Equal(["ledger.db"], Directory.GetFileSystemEntries(harness.Folder, "ledger*").Select(static path => Path.GetFileName(path)));
        await harness.ExtractAsync(PipelineHarness.Documents(3));
        await using var current = harness.Extractor(configureLedger: static options => options.ReadOnly = true);
        await using var run = await current.ResumeAsync("receipts", token);
        Assert.Equal(3, await run.EndedResultsAsync(token).CountAsync(static result => result.Succeeded, token));
    }

    [Fact]
    public async Task The_file_itself_refuses_a_change_of_state_that_is_not_written_down()
    {
        await using var harness = await PipelineHarness.StartAsync();
        await harness.ExtractAsync(PipelineHarness.Documents(1));
        using var connection = Connect(harness.LedgerPath);
#pragma warning disable CA1849 // Each statement is over in an instant.
        foreach (var (table, states) in (ReadOnlySpan<(string, int[])>)[("rows", States<RowState>()), ("shards", States<ShardState>()), ("jobs", States<JobState>())])
        {
            foreach (var (from, to) in states.SelectMany(from => states.Where(to => to != from).Select(to => (from, to))))
            {
                // Inserted as it is, then changed: the trigger looks at changes alone.
                Command(connection, "PRAGMA recursive_triggers = OFF; BEGIN").ExecuteNonQuery();
                Command(connection, $"CREATE TEMP TABLE one AS SELECT * FROM {table} LIMIT 1; UPDATE one SET state = {from}; REPLACE INTO {table} SELECT * FROM one").ExecuteNonQuery();
                var error = Record.Exception(() => Command(connection, $"UPDATE {table} SET state = {to}").ExecuteNonQuery());
                var isAllowed = table switch
                {
                    "rows" => LedgerTransitions.IsAllowed((RowState)from, (RowState)to),
                    "shards" => LedgerTransitions.IsAllowed((ShardState)from, (ShardState)to),
                    _ => LedgerTransitions.IsAllowed((JobState)from, (JobState)to),
                };
                Assert.True(isAllowed == error is null, $"{table} {from} -> {to}: {error?.Message ?? "changed"}");
                Command(connection, "ROLLBACK").ExecuteNonQuery();
            }
        }
#pragma warning restore CA1849

        static int[] States<T>()
            where T : struct, Enum => [.. Enum.GetValues<T>().Select(static state => Convert.ToInt32(state, System.Globalization.CultureInfo.InvariantCulture))];
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

    private void Migrate(int version, string? path = null)
    {
        using var connection = Connect(path);
        foreach (var migration in LedgerLayout.Migrations.Take(version))
        {
            Command(connection, migration).ExecuteNonQuery();
        }

        Command(connection, $"INSERT INTO ledger (id, name, created_at) VALUES (1, 'oldledge', 0); PRAGMA application_id = {LedgerLayout.ApplicationId}; PRAGMA user_version = {version}").ExecuteNonQuery();
    }

    // The same rows in the tables of an older version, which holds less of them.
    private void MakeOlder(string path, int version)
    {
        var newer = path + ".newer";
        using (var current = Connect(path))
        {
            Command(current, "PRAGMA journal_mode = DELETE").ExecuteNonQuery();
        }

        File.Move(path, newer);
        Migrate(version, path);
        using var connection = Connect(path);
        Command(connection, $"ATTACH '{newer}' AS newer; DELETE FROM main.ledger").ExecuteNonQuery();
        foreach (var table in Names("SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name <> 'migrations'"))
        {
            var columns = string.Join(", ", Names($"SELECT name FROM main.pragma_table_info('{table}')"));
            Command(connection, $"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM newer.{table}").ExecuteNonQuery();
        }

        List<string> Names(string query)
        {
            using var reader = Command(connection, query).ExecuteReader();
            var names = new List<string>();
            while (reader.Read())
            {
                names.Add(reader.GetString(0));
            }

            return names;
        }
    }

    private SqliteConnection Connect(string? path = null)
    {
        var connection = new SqliteConnection($"Data Source={path ?? LedgerPath};Pooling=False");
        connection.Open();
        return connection;
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are this test's own.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }
}
