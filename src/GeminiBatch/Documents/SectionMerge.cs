namespace GeminiBatch;

/// <summary>What becomes of the answers to the sections of one document.</summary>
public enum SectionMerge
{
    /// <summary>
    /// One result for the document: lists joined in page order, maps united, every other field from the first section that says something. The document fails where
    /// one of its sections does; fields in which sections contradict each other are named in <see cref="ExtractionResult.Notes"/>.
    /// </summary>
    Combine,

    /// <summary>One result for the document: the value of the first section that has one, in whole. For documents whose data stand in one place.</summary>
    First,

    /// <summary>A result for each section, with <see cref="ExtractionResult.Sections"/> saying which.</summary>
    Separate,
}
