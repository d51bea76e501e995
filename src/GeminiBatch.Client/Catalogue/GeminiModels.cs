namespace GeminiBatch;

/// <summary>Model ids, as in the catalogue (protocol: 8). Any other id can be used as text.</summary>
public static class GeminiModels
{
    /// <summary><c>gemini-3.8-flash</c>: text; live.</summary>
    public const string Flash38 = "gemini-3.8-flash";

    /// <summary><c>gemini-3.7-flash</c>: text; deprecated.</summary>
    public const string Flash37 = "gemini-3.7-flash";

    /// <summary><c>gemini-3.6-flash</c>: text; live.</summary>
    public const string Flash36 = "gemini-3.6-flash";

    /// <summary><c>gemini-3.5-flash</c>: text; live.</summary>
    public const string Flash35 = "gemini-3.5-flash";

    /// <summary><c>gemini-3.5-flash-lite</c>: text; live.</summary>
    public const string Flash35Lite = "gemini-3.5-flash-lite";

    /// <summary><c>gemini-3.1-flash-lite</c>: text; live, retires on 2027-05-07.</summary>
    public const string Flash31Lite = "gemini-3.1-flash-lite";

    /// <summary><c>gemini-3.1-flash-lite-preview</c>: text; retired on 2026-05-25.</summary>
    [Obsolete("gemini-3.1-flash-lite-preview was retired on 2026-05-25. Use GeminiModels.Flash31Lite (gemini-3.1-flash-lite).")]
    public const string Flash31LitePreview = "gemini-3.1-flash-lite-preview";

    /// <summary><c>gemini-3.1-pro-preview</c>: text; preview.</summary>
    public const string Pro31Preview = "gemini-3.1-pro-preview";

    /// <summary><c>gemini-3.1-pro-preview-customtools</c>: text; preview.</summary>
    public const string Pro31PreviewCustomTools = "gemini-3.1-pro-preview-customtools";

    /// <summary><c>gemini-3-pro-preview</c>: text; retired on 2026-03-26.</summary>
    [Obsolete("gemini-3-pro-preview was retired on 2026-03-26. Use GeminiModels.Pro31Preview (gemini-3.1-pro-preview).")]
    public const string Pro3Preview = "gemini-3-pro-preview";

    /// <summary><c>gemini-3-flash-preview</c>: text; deprecated.</summary>
    public const string Flash3Preview = "gemini-3-flash-preview";

    /// <summary><c>gemini-2.5-pro</c>: text; deprecated, retires on 2026-12-01.</summary>
    public const string Pro25 = "gemini-2.5-pro";

    /// <summary><c>gemini-2.5-flash</c>: text; deprecated, retires on 2026-12-01.</summary>
    public const string Flash25 = "gemini-2.5-flash";

    /// <summary><c>gemini-2.5-flash-lite</c>: text; live.</summary>
    public const string Flash25Lite = "gemini-2.5-flash-lite";

    /// <summary><c>gemini-2.0-flash</c>: text; retired on 2026-06-01.</summary>
    [Obsolete("gemini-2.0-flash was retired on 2026-06-01. Use GeminiModels.Flash25Lite (gemini-2.5-flash-lite).")]
    public const string Flash20 = "gemini-2.0-flash";

    /// <summary><c>gemini-2.0-flash-lite</c>: text; retired on 2026-06-01.</summary>
    [Obsolete("gemini-2.0-flash-lite was retired on 2026-06-01. Use GeminiModels.Flash25Lite (gemini-2.5-flash-lite).")]
    public const string Flash20Lite = "gemini-2.0-flash-lite";

    /// <summary><c>gemini-3-pro-image</c>: image output; live.</summary>
    public const string Pro3Image = "gemini-3-pro-image";

    /// <summary><c>gemini-3.1-flash-image</c>: image output; live.</summary>
    public const string Flash31Image = "gemini-3.1-flash-image";

    /// <summary><c>gemini-3.1-flash-lite-image</c>: image output; live.</summary>
    public const string Flash31LiteImage = "gemini-3.1-flash-lite-image";

    /// <summary><c>gemini-2.5-flash-image</c>: image output; deprecated.</summary>
    public const string Flash25Image = "gemini-2.5-flash-image";

    /// <summary><c>gemini-2.5-pro-preview-tts</c>: speech output; preview.</summary>
    public const string Pro25PreviewTts = "gemini-2.5-pro-preview-tts";

    /// <summary><c>gemini-3.1-flash-tts-preview</c>: speech output; preview.</summary>
    public const string Flash31TtsPreview = "gemini-3.1-flash-tts-preview";

    /// <summary><c>gemini-embedding-001</c>: embeddings; live.</summary>
    public const string Embedding001 = "gemini-embedding-001";

    /// <summary><c>gemini-embedding-2</c>: embeddings; live.</summary>
    public const string Embedding2 = "gemini-embedding-2";

    /// <summary><c>text-embedding-004</c>: embeddings; retired on 2026-01-14.</summary>
    [Obsolete("text-embedding-004 was retired on 2026-01-14. Use GeminiModels.Embedding001 (gemini-embedding-001).")]
    public const string TextEmbedding004 = "text-embedding-004";

    /// <summary><c>text-embedding-005</c>: embeddings; live.</summary>
    public const string TextEmbedding005 = "text-embedding-005";
}
