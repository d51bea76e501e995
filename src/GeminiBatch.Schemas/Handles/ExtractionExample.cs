namespace GeminiBatch;

/// <summary>One example for a prompt: a document and the answer to it. The compiler checks that the answer fits the schema's type.</summary>
/// <typeparam name="T">The extraction type.</typeparam>
/// <param name="Document">The document's text.</param>
/// <param name="Answer">What is to be extracted from it.</param>
public sealed record ExtractionExample<T>(string Document, T Answer);
