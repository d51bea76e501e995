using System.Globalization;

namespace GeminiBatch;

/// <summary>The ledger's laws as queries, each of which finds nothing in a sound ledger.</summary>
internal static class LedgerCheck
{
    private static readonly (string Rule, string Sql)[] s_laws =
    [
        ("items_add_up", "SELECT 'run ' || name || ': ' || items || ' items are not ' || succeeded || ' succeeded + ' || failed || ' failed + ' || pending || ' pending' FROM runs WHERE items <> succeeded + failed + pending"),
        ("counts_are_true",
            """
            SELECT 'run ' || u.name || ': the kept counts are not those of its items' FROM runs u
            WHERE (u.items, u.succeeded, u.failed, u.superseded) <> (
                SELECT count(*) FILTER (WHERE i.superseded = 0), count(*) FILTER (WHERE i.superseded = 0 AND r.state = 3),
                    count(*) FILTER (WHERE i.superseded = 0 AND r.state = 4), count(*) FILTER (WHERE i.superseded = 1)
                FROM items i JOIN rows r ON r.id = i.row WHERE i.run = u.id)
            """),
        ("cached_is_counted",
            """
            SELECT 'run ' || u.name || ' counts ' || u.cached || ' cached items' FROM runs u
            WHERE u.cached <> (SELECT count(*) FROM items i JOIN rows r ON r.id = i.row WHERE i.run = u.id AND i.superseded = 0 AND r.cached IS NOT NULL)
            """),
        ("cached_rows_were_not_sent", "SELECT 'row ' || id || ' has the answer of another run and was sent' FROM rows WHERE cached IS NOT NULL AND (state <> 3 OR shard IS NOT NULL OR attempt <> 0)"),
        ("spent_is_what_rows_cost",
            """
            SELECT 'run ' || u.name || ' has spent ' || u.spent || ', its rows ' || c.cost FROM runs u JOIN (
                SELECT r.run, sum(coalesce(r.cost, 0) + coalesce((SELECT sum(a.cost) FROM attempts a WHERE a.row = r.id), 0)) AS cost,
                    sum(r.cached IS NULL AND r.chunk IS NOT NULL AND r.cost IS NULL) AS unknown FROM rows r GROUP BY r.run) c ON c.run = u.id
            WHERE (u.unpriced_rows = 0 AND c.unknown = 0 AND u.spent <> c.cost) OR u.spent < c.cost OR u.spent < u.spent_on_search
            """),
        ("recipes_are_there", "SELECT 'row ' || r.id || ' has no recipe' FROM rows r LEFT JOIN recipes c ON c.id = r.recipe LEFT JOIN schemas s ON s.id = c.schema WHERE s.id IS NULL"),
        ("runs_have_recipes", "SELECT 'run ' || u.name || ' has no recipe' FROM runs u LEFT JOIN recipes c ON c.id = u.recipe LEFT JOIN schemas s ON s.id = c.schema WHERE s.id IS NULL"),
        ("sequence_goes_on", "SELECT 'run ' || u.name || ' gives sequence numbers again' FROM runs u WHERE u.settled_sequence < (SELECT coalesce(max(r.settled), 0) FROM rows r WHERE r.run = u.id)"),
        ("jobs_belong_to_shards", "SELECT 'job ' || j.id || ' belongs to no shard of its run' FROM jobs j LEFT JOIN shards s ON s.id = j.shard AND s.run = j.run WHERE s.id IS NULL"),
        ("rows_lie_apart", "SELECT 'rows ' || min(id) || ' and ' || max(id) || ' lie at one place of the spool' FROM rows GROUP BY run, spool_offset HAVING count(*) > 1"),
        ("tokens_add_up", "SELECT 'run ' || name || ' has token counts that are not possible' FROM runs WHERE cached_tokens > prompt_tokens OR (answered_rows > 0 AND succeeded > cached AND prompt_tokens + candidates_tokens + total_tokens = 0)"),
        ("rows_are_counted", "SELECT 'run ' || u.name || ': ' || u.rows || ' rows are kept in mind, ' || (SELECT count(*) FROM rows r WHERE r.run = u.id) || ' are there' FROM runs u WHERE u.rows <> (SELECT count(*) FROM rows r WHERE r.run = u.id)"),
        ("items_have_rows", "SELECT 'item ' || i.id || ' has no row in its run' FROM items i LEFT JOIN rows r ON r.id = i.row AND r.run = i.run WHERE r.id IS NULL"),
        ("rows_know_their_items", "SELECT 'row ' || r.id || ' counts ' || r.items || ' items' FROM rows r WHERE r.items <> (SELECT count(*) FROM items i WHERE i.row = r.id AND i.superseded = 0)"),
        ("ended_rows_are_settled", "SELECT 'row ' || id || ' in state ' || state || ' has settled = ' || coalesce(settled, 'null') FROM rows WHERE (state IN (3, 4)) <> (settled IS NOT NULL)"),
        ("settled_once", "SELECT 'run ' || run || ' has sequence ' || settled || ' more than once' FROM rows WHERE settled IS NOT NULL GROUP BY run, settled HAVING count(*) > 1"),
        ("success_has_an_answer", "SELECT 'row ' || r.id || ' succeeded without a stored answer' FROM rows r LEFT JOIN chunks c ON c.id = r.chunk WHERE r.state = 3 AND (c.id IS NULL OR r.ordinal NOT BETWEEN 0 AND c.rows - 1)"),
        ("answers_come_from_their_shard", "SELECT 'row ' || r.id || ' has an answer from a job of another shard' FROM rows r JOIN chunks c ON c.id = r.chunk JOIN jobs j ON j.id = c.job WHERE r.cached IS NULL AND j.shard <> r.shard"),
        ("one_answer_each", "SELECT 'chunk ' || chunk || ' ordinal ' || ordinal || ' answers more than one row' FROM rows WHERE chunk IS NOT NULL AND cached IS NULL GROUP BY chunk, ordinal HAVING count(*) > 1"),
        ("failure_has_a_reason", "SELECT 'row ' || id || ' failed without a reason' FROM rows WHERE state = 4 AND reason IS NULL"),
        ("flying_rows_have_a_shard", "SELECT 'row ' || r.id || ' is in flight without an open shard' FROM rows r LEFT JOIN shards s ON s.id = r.shard WHERE r.state IN (1, 2) AND (s.id IS NULL OR s.state = 3)"),
        ("planned_rows_have_none", "SELECT 'row ' || id || ' is planned and in shard ' || shard FROM rows WHERE state = 0 AND shard IS NOT NULL"),
        ("one_job_alive", "SELECT 'shard ' || shard || ' has more than one job' FROM jobs WHERE state IN (0, 1, 2, 3, 4, 5) GROUP BY shard HAVING count(*) > 1"),
        ("one_intent_each", "SELECT 'shard ' || shard || ' has attempt ' || attempt || ' more than once' FROM jobs WHERE state NOT IN (9, 10) GROUP BY shard, attempt HAVING count(*) > 1"),
        ("jobs_have_names", "SELECT 'job ' || id || ' exists without a name' FROM jobs WHERE state IN (3, 4, 5, 6, 9, 10) AND name IS NULL"),
        ("submitted_shards_have_jobs", "SELECT 'shard ' || s.id || ' is submitted without a job' FROM shards s WHERE s.state = 2 AND NOT EXISTS (SELECT 1 FROM jobs j WHERE j.shard = s.id AND j.state IN (0, 1, 3, 4, 5))"),
        ("lines_are_stored", "SELECT 'job ' || j.id || ' counts ' || j.lines || ' result rows' FROM jobs j WHERE j.lines <> (SELECT coalesce(sum(c.rows), 0) FROM chunks c WHERE c.job = j.id)"),
        ("money_is_reserved", "SELECT 'run ' || u.name || ' holds back another amount than its open shards' FROM runs u WHERE u.reserved <> (SELECT coalesce(sum(s.reserved), 0) FROM shards s WHERE s.run = u.id)"),
        ("settled_shards_hold_nothing", "SELECT 'shard ' || id || ' is settled and holds money back' FROM shards WHERE state = 3 AND reserved <> 0"),
        ("reserved_is_money", "SELECT 'shard ' || id || ' holds back ' || reserved FROM shards WHERE reserved < 0"),
        (
            "reserved_covers_settled",
            """
            SELECT 'run ' || u.name || ' has jobs that cost more than was held back for them, and does not tell of each'
            FROM runs u LEFT JOIN tallies t ON t.run = u.id AND t.subject = 'note' AND t.name = 'overruns'
            WHERE coalesce(t.count, 0) < (SELECT count(*) FROM jobs j WHERE j.run = u.id AND j.reserved > 0 AND j.spent > j.reserved)
            """),
        (
            "jobs_cost_what_rows_cost",
            """
            SELECT 'job ' || j.id || ' counts a cost of ' || j.spent || ' and its rows of the last attempt ' || sum(r.cost) FROM jobs j
            JOIN chunks c ON c.job = j.id JOIN rows r ON r.chunk = c.id WHERE j.reserved > 0 GROUP BY j.id HAVING sum(r.cost) > j.spent
            """),
    ];

    /// <summary>Reads every stored answer: each has to be readable and to carry the key of the row that it is kept for.</summary>
    public static List<LedgerFinding> Answers(LedgerDatabase ledger) => ledger.Read(connection =>
    {
        var found = new List<LedgerFinding>();
        var chunks = new ChunkCache(ledger);
        long? unreadable = null;
        using var rows = connection.Query("SELECT id, key, chunk, ordinal FROM rows WHERE chunk IS NOT NULL ORDER BY chunk");
        while (rows.Read())
        {
            var (id, chunk) = (rows.GetInt64(0), rows.GetInt64(2));
            if (chunk == unreadable)
            {
                continue;
            }

            try
            {
                if (ResultRowReader.Read(chunks.Row(chunk, rows.GetInt32(3))).Key != RowKey.FromHash(rows.GetFieldValue<byte[]>(1)).ToString())
                {
                    found.Add(new("answers_carry_their_key", string.Create(CultureInfo.InvariantCulture, $"row {id} has an answer that is not its own")));
                }
            }
            catch (LedgerException error) when (error.Problem == LedgerProblem.Missing)
            {
                // A run that is deleted meanwhile is not damaged.
                unreadable = chunk;
            }
            catch (Exception error) when (error is LedgerException or InvalidOperationException or InvalidDataException or IOException or ArgumentException)
            {
                unreadable = chunk;
                found.Add(new("answers_are_readable", string.Create(CultureInfo.InvariantCulture, $"chunk {chunk} cannot be read")));
            }
        }

        return found;
    });

    public static IEnumerable<LedgerFinding> Run(LedgerDatabase ledger, SpoolFolder spool)
    {
        var findings = ledger.ReadSnapshot(connection =>
        {
            var found = new List<LedgerFinding>();
            found.AddRange(connection.List("PRAGMA quick_check(10)", static reader => reader.GetString(0)).Where(static line => line != "ok").Select(static line => new LedgerFinding("file_is_sound", line)));
            foreach (var (rule, sql) in s_laws)
            {
                found.AddRange(connection.List(sql, static reader => reader.GetString(0)).Select(line => new LedgerFinding(rule, line)));
            }

            found.AddRange(Spool(connection, spool, run => ledger.Read(current => LedgerRuns.Find(current, run)) is not null));
            return found;
        });
        return findings;
    }

    private static IEnumerable<LedgerFinding> Spool(LedgerConnection connection, SpoolFolder spool, Func<long, bool> isThereStill)
    {
        foreach (var run in LedgerRuns.List(connection))
        {
            var path = spool.RowsPath(run.Id);
            var length = File.Exists(path) ? new FileInfo(path).Length : 0;
            if (length < run.SpoolLength && isThereStill(run.Id))
            {
                yield return new("spool_is_whole", string.Create(CultureInfo.InvariantCulture, $"run {run.Name}: its spool has {length} bytes, the ledger refers to {run.SpoolLength}"));
            }

            var last = connection.Number("SELECT max(spool_offset + spool_length) FROM rows WHERE run = $1", run.Id) ?? 0;
            if (last > run.SpoolLength)
            {
                yield return new("rows_are_in_the_spool", string.Create(CultureInfo.InvariantCulture, $"run {run.Name}: a row ends at {last}, its spool at {run.SpoolLength}"));
            }
        }
    }
}
