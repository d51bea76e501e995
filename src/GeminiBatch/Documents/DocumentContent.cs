namespace GeminiBatch;

/// <summary>What is sent of a document, in whole or of one of its sections.</summary>
/// <param name="Parts">The parts.</param>
/// <param name="Section">Which section it is; <see langword="null"/> for a whole document.</param>
/// <param name="Failure">Why it cannot be sent; <see langword="null"/> when it can.</param>
internal sealed record DocumentContent(IReadOnlyList<SpoolPart> Parts, DocumentSection? Section = null, DocumentFailure? Failure = null);
