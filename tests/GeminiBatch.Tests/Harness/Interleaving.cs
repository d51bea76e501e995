using SQLitePCL;

namespace GeminiBatch.Tests;

/// <summary>Lets something happen just before a statement of an extractor's ledger: what another process does between two of its steps.</summary>
internal static class Interleaving
{
    /// <summary>Acts once, before the next reading statement that contains a text.</summary>
    public static void BeforeReading(BatchExtractor extractor, string text, Action act) => extractor.Engine.Ledger.Read(connection =>
    {
        Trace(connection, text, act);
        return true;
    });

    private static void Trace(LedgerConnection connection, string text, Action act)
    {
        var isDone = false;
        raw.sqlite3_trace(
            connection.Sqlite.Handle,
            (_, statement) =>
            {
                if (!isDone && statement.Contains(text, StringComparison.Ordinal))
                {
                    isDone = true;
                    act();
                }
            },
            null);
    }
}
