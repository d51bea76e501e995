namespace GeminiBatch;

/// <summary>Small named counts of a run, kept by the transactions that change them.</summary>
internal static class LedgerTallies
{
    public const string Outcomes = "outcome";
    public const string Repairs = "repair";
    public const string Notes = "note";

    /// <summary>Answers that were taken and that a run which requires more of them would not have taken.</summary>
    public const string Lenient = "lenient";

    public static void Add(LedgerConnection connection, long run, string subject, string name, long count) => connection.Execute(
        "INSERT INTO tallies (run, subject, name, count) VALUES ($1, $2, $3, $4) ON CONFLICT DO UPDATE SET count = count + $4", run, subject, name, count);

    public static IReadOnlyDictionary<string, long> Read(LedgerConnection connection, long run, string subject)
    {
        var tallies = new SortedDictionary<string, long>(StringComparer.Ordinal);
        using var reader = connection.Query("SELECT name, count FROM tallies WHERE run = $1 AND subject = $2 AND count > 0", run, subject);
        while (reader.Read())
        {
            tallies.Add(reader.GetString(0), reader.GetInt64(1));
        }

        return tallies;
    }
}
