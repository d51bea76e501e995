using System.Text.Json;

namespace GeminiBatch;

/// <summary>
/// Turns what is meant as JSON into valid JSON without a schema: fences, prose around it, comments, quotes of all kinds, missing and
/// surplus commas and brackets, raw line breaks, literals of Python and JavaScript, texts that were cut off. With a schema,
/// <see cref="ExtractionSchema"/> does better, because it knows what is expected where the text is doubtful.
/// </summary>
public static class JsonRepair
{
    /// <summary>Repairs a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="options">How to read it; <see cref="ParseOptions.Default"/> when null.</param>
    /// <returns>The JSON and the report. Never throws because of the text.</returns>
    /// <exception cref="OperationCanceledException"><see cref="ParseOptions.CancellationToken"/> was cancelled.</exception>
    public static RepairedJson Repair(string text, ParseOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Repair(Utf8Text.Encode(text), options);
    }

    /// <summary>Repairs a text.</summary>
    /// <param name="utf8">The text in UTF-8; the byte ranges of the report refer to it.</param>
    /// <param name="options">How to read it; <see cref="ParseOptions.Default"/> when null.</param>
    /// <returns>The JSON and the report. Never throws because of the text.</returns>
    /// <exception cref="OperationCanceledException"><see cref="ParseOptions.CancellationToken"/> was cancelled.</exception>
    public static RepairedJson Repair(ReadOnlySpan<byte> utf8, ParseOptions? options = null) =>
        new(TolerantReader.Read(utf8, descriptor: null, options ?? ParseOptions.Default));

    /// <summary>Repairs a text and parses the result.</summary>
    /// <param name="text">The text.</param>
    /// <param name="options">How to read it; <see cref="ParseOptions.Default"/> when null.</param>
    /// <returns>The document; the caller disposes it.</returns>
    /// <exception cref="JsonException">The text holds no JSON.</exception>
    /// <exception cref="OperationCanceledException"><see cref="ParseOptions.CancellationToken"/> was cancelled.</exception>
    public static JsonDocument Parse(string text, ParseOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Parse(Utf8Text.Encode(text), options);
    }

    /// <summary>Repairs a text and parses the result.</summary>
    /// <param name="utf8">The text in UTF-8.</param>
    /// <param name="options">How to read it; <see cref="ParseOptions.Default"/> when null.</param>
    /// <returns>The document; the caller disposes it.</returns>
    /// <exception cref="JsonException">The text holds no JSON.</exception>
    /// <exception cref="OperationCanceledException"><see cref="ParseOptions.CancellationToken"/> was cancelled.</exception>
    public static JsonDocument Parse(ReadOnlySpan<byte> utf8, ParseOptions? options = null)
    {
        RepairedJson repaired = Repair(utf8, options);
        if (!repaired.Succeeded)
        {
            throw new JsonException(string.Join(' ', repaired.Errors.Select(static error => error.Message)));
        }

        return JsonDocument.Parse(repaired.Utf8Json, new JsonDocumentOptions { MaxDepth = TolerantReader.DeepestAllowed });
    }
}
