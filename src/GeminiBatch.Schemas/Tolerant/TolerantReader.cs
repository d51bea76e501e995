namespace GeminiBatch;

internal static class TolerantReader
{
    public static AnswerReading Read(ReadOnlySpan<byte> utf8, SchemaDescriptor? descriptor, ParseOptions options) => new()
    {
        Status = AnswerStatus.Rejected,
        Errors = [new AnswerError(AnswerErrorKind.InvalidSyntax, "$", $"The answer of {utf8.Length} bytes is not strict JSON of {descriptor?.Name} ({options.Mode}).")],
    };
}
