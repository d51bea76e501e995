using GeminiBatch.Testing;
using Microsoft.Data.Sqlite;

namespace GeminiBatch.Tests.Ledger;

/// <summary>Which files are opened as a ledger, and which are refused.</summary>
public sealed class LedgerOpeningTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gemini-batch-ledger-").FullName;

    private string LedgerPath => Path.Combine(_folder, "ledger.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

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

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void A_ledger_that_another_program_makes_meanwhile_is_no_stranger(int statement)
    {
        File.WriteAllBytes(LedgerPath, []);
        using var connection = LedgerSource.ToWrite(LedgerPath).Connect(new SqliteLedgerOptions { Path = LedgerPath });
        var begun = 0;
        SQLitePCL.raw.sqlite3_trace(
            connection.Sqlite.Handle,
            (object _, string _) =>
            {
                if (++begun == statement)
                {
                    Open().Dispose();
                }
            },
            null);
        LedgerMigration.Apply(connection, LedgerPath, new SkippingClock());
        Assert.True(begun >= statement);
        Assert.Equal(LedgerLayout.CurrentVersion, LedgerMigration.Version(connection));
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
