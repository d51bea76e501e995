namespace GeminiBatch;

/// <summary>Has the backend count the tokens of a few rows, by which the local estimate is corrected. Counting costs nothing.</summary>
internal static class TokenSampling
{
    public static async Task<int> RunAsync(RunContext context, int rows, CancellationToken cancellationToken)
    {
        var chosen = context.Ledger.Read(connection => Choose(connection, context.RunId, rows));
        if (chosen.Count == 0)
        {
            return 0;
        }

        using var spool = new SpoolReader(context.Spool.RowsPath(context.RunId), context.Ledger.Path);
        var (counted, tokens, estimate) = (0, 0L, 0L);
        foreach (var row in chosen)
        {
            var neutral = spool.ReadRow(row.Offset, row.Length);
            if (neutral.Parts.Any(static part => part is not SpoolPart.Text))
            {
                // Media would have to be uploaded first.
                continue;
            }

            var recipe = context.Recipes.Get(row.Recipe);
            if (await context.Backend.CountTokensAsync(recipe.Recipe.Model, recipe.Composer.Compose(neutral, static _ => ""), cancellationToken).ConfigureAwait(false) is not { } count)
            {
                return 0;
            }

            (counted, tokens, estimate) = (counted + 1, tokens + count, estimate + row.Tokens + recipe.Tokens);
        }

        await context.WriteAsync(
            "plan.sample",
            connection => connection.Execute(
                "UPDATE runs SET sampled_rows = sampled_rows + $2, sampled_tokens = sampled_tokens + $3, sampled_estimate = sampled_estimate + $4 WHERE id = $1", context.RunId, counted, tokens, estimate),
            cancellationToken).ConfigureAwait(false);
        return counted;
    }

    // Evenly over the run, so that the order of the documents does not decide.
    private static List<Chosen> Choose(LedgerConnection connection, long run, int rows)
    {
        var planned = connection.Number("SELECT count(*) FROM rows WHERE run = $1 AND state = 0", run)!.Value;
        var step = Math.Max(1, planned / Math.Max(1, rows));
        return connection.List(
            "SELECT spool_offset, spool_length, recipe, tokens FROM (SELECT *, row_number() OVER (ORDER BY id) AS place FROM rows WHERE run = $1 AND state = 0) WHERE place % $2 = 0 ORDER BY id LIMIT $3",
            static reader => new Chosen(reader.GetInt64(0), reader.GetInt32(1), reader.GetInt64(2), reader.GetInt64(3)), run, step, rows);
    }

    private sealed record Chosen(long Offset, int Length, long Recipe, long Tokens);
}
