using System.Globalization;
using System.Text;

namespace GeminiBatch;

/// <summary>What a model is told when its last answer did not fit the schema: where, and how the answer began and ended. Made from the stored row, so the same each time.</summary>
internal sealed class MisfitFeedback(RunContext context)
{
    private const int MostViolations = 10;
    private const int MostShown = 600;
    private readonly ChunkCache _chunks = new(context.Ledger);

    /// <summary>The words for a row that is sent again; <see langword="null"/> when its last attempt did not end for a misfit.</summary>
    public string? Find(long row, int attempt, RecipeEntry recipe)
    {
        var last = context.Ledger.Read(connection =>
        {
            using var reader = connection.Query("SELECT chunk, ordinal FROM attempts WHERE row = $1 AND attempt = $2 AND reason = $3 AND chunk IS NOT NULL", row, attempt - 1, RowReasons.SchemaMisfit);
            return reader.Read() ? (Chunk: reader.GetInt64(0), Ordinal: reader.GetInt32(1)) : default;
        });
        if (last == default)
        {
            return null;
        }

        var answer = ResultRowReader.Read(_chunks.Row(last.Chunk, last.Ordinal));
        return Words(answer.AnswerText, OutcomeReader.Parse(recipe.Reader, answer, context.Parsing).Errors);
    }

    public static string Words(string answer, IReadOnlyList<AnswerError> errors)
    {
        var words = new StringBuilder("An earlier answer to this did not fit the schema:\n");
        foreach (var error in errors.Take(MostViolations))
        {
            words.Append(CultureInfo.InvariantCulture, $"- {error.Path}: {error.Message}\n");
        }

        if (errors.Count > MostViolations)
        {
            words.Append(CultureInfo.InvariantCulture, $"- and {errors.Count - MostViolations} more\n");
        }

        words.Append("It read, shortened:\n").Append(Shortened(answer)).Append("\nAnswer anew and in full, from the document.");
        return words.ToString();
    }

    // Never whole: a model repeats what it is shown.
    private static string Shortened(string answer)
    {
        var most = Math.Min(MostShown, answer.Length / 2);
        var (head, tail) = (most * 2 / 3, most / 3);
        if (head > 0 && char.IsHighSurrogate(answer[head - 1]))
        {
            head--;
        }

        if (tail > 0 && char.IsLowSurrogate(answer[^tail]))
        {
            tail--;
        }

        return string.Concat(answer.AsSpan(0, head), " […] ", answer.AsSpan(answer.Length - tail));
    }
}
