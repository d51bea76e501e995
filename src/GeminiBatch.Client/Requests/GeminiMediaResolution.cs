namespace GeminiBatch;

/// <summary>How many tokens the model spends on each image, page or video frame.</summary>
public enum GeminiMediaResolution
{
    /// <summary><c>MEDIA_RESOLUTION_LOW</c>.</summary>
    Low,

    /// <summary><c>MEDIA_RESOLUTION_MEDIUM</c>.</summary>
    Medium,

    /// <summary><c>MEDIA_RESOLUTION_HIGH</c>.</summary>
    High,
}
