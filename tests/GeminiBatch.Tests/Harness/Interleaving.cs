using SQLitePCL;

namespace GeminiBatch.Tests;

/// <summary>Lets something happen just before a statement of an extractor's ledger: what another process does between two of its steps.</summary>
internal static class Interleaving
{
    /// <summary>Acts once, before the next statement outside a write that contains a text.</summary>
    public static void BeforeReading(BatchExtractor extractor, string text, Action act)
    {
        var once = Once(text, act);
        var ledger = extractor.Engine.Ledger;

        // While one reads, another may be asked.
        ledger.Read(first => ledger.Read(second =>
        {
            raw.sqlite3_trace(first.Sqlite.Handle, once, null);
            raw.sqlite3_trace(second.Sqlite.Handle, once, null);
            return true;
        }));
    }

    /// <summary>Acts once, before the next statement within a write that contains a text.</summary>
    public static Task BeforeWritingAsync(BatchExtractor extractor, string text, Action act) =>
        extractor.Engine.Ledger.WriteAsync(connection => raw.sqlite3_trace(connection.Sqlite.Handle, Once(text, act), null), TestContext.Current.CancellationToken);

    private static strdelegate_trace Once(string text, Action act)
    {
        var isDone = false;
        return (_, statement) =>
        {
            if (!isDone && statement.Contains(text, StringComparison.Ordinal))
            {
                isDone = true;
                act();
            }
        };
    }
}
