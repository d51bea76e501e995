namespace GeminiBatch;

/// <summary>Stores one chunk of result rows and moves the rows it answers, in one transaction with the run's counts and bill.</summary>
internal sealed class ChunkWriter(RunContext context, JobRecord job)
{
    private const int PermissionDenied = 7;

    private const string Answer =
        """
        UPDATE rows SET state = $3, chunk = $4, ordinal = $5, reason = $6, advice = $7, repairs = $8, settled = $9, cost = $10
        WHERE id = $1 AND shard = $2 AND state = 1 RETURNING items
        """;

    // What rows have cost is held back no more: it is spent.
    private void Settle(LedgerConnection connection, long spent)
    {
        var shard = LedgerShards.Get(connection, job.Shard);
        LedgerShards.Reserve(connection, shard, Math.Max(0, shard.Reserved - spent));
        if (LedgerJobs.Spend(connection, job.Id, spent))
        {
            LedgerTallies.Add(connection, context.RunId, LedgerTallies.Notes, RunNotes.Overruns, 1);
        }
    }

    private void Tally(LedgerConnection connection, string subject, IEnumerable<KeyValuePair<string, long>> counts)
    {
        foreach (var (name, count) in counts.Where(static counted => counted.Value > 0))
        {
            LedgerTallies.Add(connection, context.RunId, subject, name, count);
        }
    }

    /// <param name="connection">The transaction.</param>
    /// <param name="rows">The decided rows, in arrival order; those of unknown keys have no row id.</param>
    /// <param name="body">The chunk's blob.</param>
    /// <param name="lines">Result rows stored with this chunk included.</param>
    public void Write(LedgerConnection connection, IReadOnlyList<CollectedRow> rows, byte[] body, long lines)
    {
        LedgerTransitions.Require(LedgerTransitions.IsAllowed(RowState.InFlight, RowState.Succeeded), RowState.InFlight, RowState.Succeeded);
        connection.Execute("INSERT INTO chunks (run, job, rows, parser, body) VALUES ($1, $2, $3, $4, $5)", context.RunId, job.Id, rows.Count, OutcomeReader.ParserVersion, body);
        var chunk = connection.InsertedId();
        var sequence = connection.Number("SELECT settled_sequence FROM runs WHERE id = $1", context.RunId)!.Value;
        var (succeeded, unknown, duplicates, answered, unpriced, spent) = (0L, 0L, 0L, 0L, 0L, 0L);
        var (otherModel, otherMetadata, unsearched, takenOfOther, takenUngrounded) = (0L, 0L, 0L, 0L, 0L);
        var (searches, spentOnSearch, sampled, sampledTokens, sampledEstimate, permissionDenied) = (0L, 0L, 0L, 0L, 0L, false);
        var usage = GeminiUsage.None;
        var taken = new List<CollectedRow>(rows.Count);
        var repairs = new SortedDictionary<string, long>(StringComparer.Ordinal);
        var outcomes = new SortedDictionary<string, long>(StringComparer.Ordinal);
        for (var ordinal = 0; ordinal < rows.Count; ordinal++)
        {
            var row = rows[ordinal];
            if (row.Row is not { } id)
            {
                unknown++;
                continue;
            }

            var state = row.Succeeded ? RowState.Succeeded : RowState.Answered;
            long? settled = row.Succeeded ? sequence + 1 : null;
            if (connection.Number(Answer, id, job.Shard, (int)state, chunk, ordinal, row.Reason, (int)row.Advice, row.Repairs.Count, settled, row.Cost is { } dollars ? Money.FromDollars(dollars) : null) is not { } items)
            {
                duplicates++;
                continue;
            }

            taken.Add(row);
            sequence = settled ?? sequence;
            succeeded += row.Succeeded ? items : 0;
            otherModel += row.IsOtherModel ? items : 0;
            unsearched += row is { Succeeded: true, IsUngrounded: true, CouldSearch: true } ? items : 0;
            takenOfOther += row is { Succeeded: true, IsOtherModel: true } ? items : 0;
            takenUngrounded += row is { Succeeded: true, IsUngrounded: true } ? items : 0;
            otherMetadata += row.IsOtherMetadata ? items : 0;
            if (row.Usage is { } tokens)
            {
                usage += tokens;
                answered++;
                if (tokens.PromptTokens > 0)
                {
                    (sampled, sampledTokens, sampledEstimate) = (sampled + 1, sampledTokens + tokens.PromptTokens, sampledEstimate + row.EstimatedTokens);
                }
            }

            spent += Money.FromDollars(row.Cost ?? 0m);
            unpriced += row.Cost is null ? 1 : 0;
            outcomes[row.OutcomeName] = outcomes.GetValueOrDefault(row.OutcomeName) + 1;
            searches += row.Searches;
            spentOnSearch += Money.FromDollars(row.SearchCost);
            permissionDenied |= row.ErrorCode == PermissionDenied;

            foreach (var repair in row.Repairs)
            {
                var name = repair.Kind.ToString();
                repairs[name] = repairs.GetValueOrDefault(name) + 1;
            }
        }

        connection.Execute(
            """
            UPDATE runs SET succeeded = succeeded + $2, pending = pending - $2, settled_sequence = $3, answered_rows = answered_rows + $4, spent = spent + $5, unpriced_rows = unpriced_rows + $6,
                prompt_tokens = prompt_tokens + $7, candidates_tokens = candidates_tokens + $8, thoughts_tokens = thoughts_tokens + $9,
                cached_tokens = cached_tokens + $10, tool_tokens = tool_tokens + $11, total_tokens = total_tokens + $12,
                searches = searches + $13, spent_on_search = spent_on_search + $14,
                sampled_rows = sampled_rows + $15, sampled_tokens = sampled_tokens + $16, sampled_estimate = sampled_estimate + $17, failed_in_a_row = 0
            WHERE id = $1
            """,
            context.RunId, succeeded, sequence, answered, spent, unpriced,
            usage.PromptTokens, usage.CandidatesTokens, usage.ThoughtsTokens, usage.CachedTokens, usage.ToolUseTokens, usage.TotalTokens,
            searches, spentOnSearch, sampled, sampledTokens, sampledEstimate);
        connection.Execute(
            "UPDATE jobs SET lines = $2, unknown_keys = unknown_keys + $3, duplicate_keys = duplicate_keys + $4 WHERE id = $1", job.Id, lines, unknown, duplicates);
        Settle(connection, spent);
        if (permissionDenied)
        {
            connection.Execute("DELETE FROM uploads WHERE run = $1", context.RunId);
        }

        Tally(connection, LedgerTallies.Outcomes, outcomes);
        Tally(connection, LedgerTallies.Repairs, repairs);
        Tally(connection, LedgerTallies.Notes, [new(RunNotes.OtherModel, otherModel), new(RunNotes.Ungrounded, unsearched), new(RunNotes.OtherMetadata, otherMetadata)]);
        Tally(connection, LedgerTallies.Lenient, [new(RowReasons.OtherModel, takenOfOther), new(RowReasons.Ungrounded, takenUngrounded)]);

        context.OnCommit(() =>
        {
            Telemetry.EndedItems(succeeded, "succeeded");
            taken.ForEach(row => Telemetry.Answered(context, row));
        });
    }
}
