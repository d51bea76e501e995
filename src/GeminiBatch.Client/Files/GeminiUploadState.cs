namespace GeminiBatch;

/// <summary>State of an uploaded file (protocol: 1.6).</summary>
public enum GeminiUploadState
{
    /// <summary>Unspecified or unknown.</summary>
    Unknown,

    /// <summary>Being prepared; not usable yet.</summary>
    Processing,

    /// <summary>Usable.</summary>
    Active,

    /// <summary>Could not be prepared.</summary>
    Failed,
}
