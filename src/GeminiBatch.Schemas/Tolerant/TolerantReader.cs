namespace GeminiBatch;

/// <summary>
/// The tolerant tier: whatever a model wrote, plus a descriptor, becomes canonical strict JSON and a report. Candidates are found and read
/// by the syntax machine; each is aligned to the descriptor; the best one is the answer. Without a descriptor the text alone decides.
/// </summary>
internal static class TolerantReader
{
    // Deeper values would exhaust the stack of whoever walks them.
    public const int DeepestAllowed = 512;

    public static int DepthOf(ParseOptions options) => Math.Clamp(options.MaxDepth, 1, DeepestAllowed);

    /// <param name="utf8">The text.</param>
    /// <param name="descriptor">What is expected; null when nothing is known.</param>
    /// <param name="options">How to read.</param>
    /// <param name="isUtf8">Whether the text is known to be UTF-8.</param>
    public static AnswerReading Read(ReadOnlySpan<byte> utf8, SchemaDescriptor? descriptor, ParseOptions options, bool isUtf8 = false)
    {
        options.CancellationToken.ThrowIfCancellationRequested();
        using var report = ReadingReport.Rent();
        if (utf8.Length > options.MaxBytes)
        {
            report.Error(AnswerErrorKind.TooLarge, $"The answer is {utf8.Length} bytes long; at most {options.MaxBytes} are read.");
            return new AnswerReading { Status = AnswerStatus.Rejected, Errors = report.AllErrors() };
        }

        using var output = CanonicalWriter.Rent(trustsText: isUtf8 || System.Text.Unicode.Utf8.IsValid(utf8));
        var reading = new TextReading(utf8, descriptor is null ? null : SchemaIndex.Of(descriptor), options, output, report);
        return reading.Read(DepthOf(options));
    }
}
