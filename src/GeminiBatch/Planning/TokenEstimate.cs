namespace GeminiBatch;

/// <summary>Estimates tokens without asking the backend. Estimates are labelled as such wherever they are shown.</summary>
internal static class TokenEstimate
{
    /// <summary>Latin text has about four bytes a token; other scripts have more bytes and more tokens a character.</summary>
    private const int BytesPerToken = 4;

    /// <summary>One image tile, or one PDF page.</summary>
    private const int TokensPerTile = 258;

    /// <summary>Scanned pages are some 100 kB each; audio and video of that size take about as many tokens.</summary>
    private const int MediaBytesPerTile = 100_000;

    /// <summary>Output tokens of a row while nothing is known of the run's own answers.</summary>
    public const int OutputPerRow = 1_024;

    public static long OfText(long utf8Bytes) => (utf8Bytes + BytesPerToken - 1) / BytesPerToken;

    public static long Of(IReadOnlyList<SpoolPart> parts)
    {
        var tokens = 0L;
        foreach (var part in parts)
        {
            tokens += part switch
            {
                SpoolPart.Text text => OfText(text.Utf8.Length),
                SpoolPart.Content content => TokensPerTile * (1 + (content.Size / MediaBytesPerTile)),
                SpoolPart.Inline inline => TokensPerTile * (1 + (inline.Bytes.Length / MediaBytesPerTile)),
                _ => TokensPerTile,
            };
        }

        return tokens;
    }

    public static long OfRecipe(Recipe recipe, SchemaRendering schema) => OfText(
        recipe.Prompt.Length + (recipe.SystemInstruction?.Length ?? 0) + schema.NativeInstructions.Length
        + (recipe.Placement == SchemaPlacement.Native ? 0 : schema.PromptInstructions.Length)
        + (recipe.Placement == SchemaPlacement.Prompt ? 0 : schema.ResponseSchema.Length));
}
