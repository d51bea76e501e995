namespace GeminiBatch;

/// <summary>One row of an inline job.</summary>
/// <param name="Key">Identity, sent as <c>metadata.key</c> and echoed with the result (protocol: 1.3).</param>
/// <param name="Request">What is asked.</param>
public sealed record GeminiInlineRow(string Key, GeminiRequest Request);
