namespace GeminiBatch;

/// <summary>Where a model stands in its life.</summary>
public enum GeminiModelStatus
{
    /// <summary>Offered without a named end soon.</summary>
    Live,

    /// <summary>Offered as a preview; may change or go.</summary>
    Preview,

    /// <summary>Still answered, replaced by another.</summary>
    Deprecated,

    /// <summary>Gone, or silently answered by another model (protocol: 10, no. 41).</summary>
    Retired,
}
