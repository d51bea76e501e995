namespace GeminiBatch;

/// <summary>What a model gives.</summary>
public enum GeminiModelKind
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>Images and text.</summary>
    Image,

    /// <summary>Speech.</summary>
    Speech,

    /// <summary>Vectors.</summary>
    Embedding,
}
