namespace GeminiBatch;

/// <summary>Answers that other runs of the ledger have under the same key: the same content and recipe, asked of the same account, read in the same way.</summary>
internal sealed class KnownAnswers
{
    private const string ByKey = "SELECT run, chunk, ordinal, repairs FROM rows WHERE key = $1 AND state = 3 AND cached IS NULL";
    private readonly HashSet<long> _runs;

    private KnownAnswers(HashSet<long> runs) => _runs = runs;

    public static KnownAnswers Of(LedgerConnection connection, long run, bool isReused)
    {
        var runs = new HashSet<long>();
        if (isReused)
        {
            runs.UnionWith(connection.List(
                """
                SELECT u.id FROM runs u JOIN runs own ON own.id = $1
                WHERE u.id <> own.id AND u.succeeded > u.cached AND u.parsing IS own.parsing AND u.grounding >= own.grounding
                    AND (own.grounding = 0 OR NOT EXISTS (SELECT 1 FROM tallies t WHERE t.run = u.id AND t.subject = 'lenient' AND t.name = 'ungrounded'))
                    AND (own.same_model = 0 OR NOT EXISTS (SELECT 1 FROM tallies t WHERE t.run = u.id AND t.subject = 'lenient' AND t.name = 'other_model'))
                    AND (u.backend_kind, u.backend_account, u.backend_location, u.backend_endpoint) = (own.backend_kind, own.backend_account, own.backend_location, own.backend_endpoint)
                """,
                static reader => reader.GetInt64(0), run));
        }

        return new(runs);
    }

    public KnownAnswer? Find(LedgerConnection connection, byte[] key)
    {
        if (_runs.Count == 0)
        {
            return null;
        }

        using var reader = connection.Query(ByKey, key);
        while (reader.Read())
        {
            if (_runs.Contains(reader.GetInt64(0)))
            {
                return new(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt32(2), reader.GetInt32(3));
            }
        }

        return null;
    }
}
