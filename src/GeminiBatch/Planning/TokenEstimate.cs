namespace GeminiBatch;

/// <summary>Estimates tokens without asking the backend. Estimates are labelled as such wherever they are shown.</summary>
internal static class TokenEstimate
{
    /// <summary>Latin text has about four bytes a token; other scripts have more bytes and more tokens a character.</summary>
    private const int BytesPerToken = 4;

    /// <summary>One image tile, or one PDF page.</summary>
    private const int TokensPerTile = 258;

    /// <summary>Audio and video of that size take about as many tokens as a tile.</summary>
    private const int MediaBytesPerTile = 100_000;

    /// <summary>Pages of a PDF that nobody has counted: small ones, because a cap has to hold for PDFs of text as well.</summary>
    private const int PdfBytesPerPage = 10_000;

    /// <summary>As many as the service takes (protocol: 1.6).</summary>
    private const int MostPages = 1_000;

    private const int TilesOfUnknownImage = 10;

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
                SpoolPart.Content { Pages: { } pages } => TokensPerTile * (pages.Last - pages.First + 1L),
                SpoolPart.Content { PageCount: { } count } => TokensPerTile * (long)count,
                SpoolPart.Content content => OfMedia(content.MimeType, content.Size),
                SpoolPart.Inline inline => OfMedia(inline.MimeType, inline.Bytes.Length),
                SpoolPart.Uri { Size: { } size } uri => OfMedia(uri.MimeType, size),
                SpoolPart.Uri uri => TokensPerTile * (long)(uri.MimeType.StartsWith("image/", StringComparison.OrdinalIgnoreCase) ? TilesOfUnknownImage : MostPages),
                _ => TokensPerTile,
            };
        }

        return tokens;
    }

    private static long OfMedia(string mimeType, long size) =>
        MediaTypes.IsText(mimeType) ? OfText(size)
        : mimeType == MediaTypes.Pdf ? TokensPerTile * Math.Min(MostPages, 1 + (size / PdfBytesPerPage))
        : TokensPerTile * (1 + (size / MediaBytesPerTile));

    public static long OfRecipe(Recipe recipe, SchemaRendering schema) => OfText(
        recipe.Prompt.Length + (recipe.SystemInstruction?.Length ?? 0) + schema.NativeInstructions.Length
        + (recipe.Placement == SchemaPlacement.Native ? 0 : schema.PromptInstructions.Length)
        + (recipe.Placement == SchemaPlacement.Prompt ? 0 : schema.ResponseSchema.Length));
}
