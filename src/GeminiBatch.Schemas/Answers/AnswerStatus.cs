namespace GeminiBatch;

/// <summary>How an answer was read.</summary>
public enum AnswerStatus
{
    /// <summary>Strict JSON of exactly the schema's shape.</summary>
    Exact,

    /// <summary>Whole after the repairs that are reported with it.</summary>
    Repaired,

    /// <summary>Something is missing: it was cut off, or a required field has no usable value.</summary>
    Incomplete,

    /// <summary>Not an answer to the schema, or one that breaks its constraints.</summary>
    Rejected,
}
