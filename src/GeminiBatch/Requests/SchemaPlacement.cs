namespace GeminiBatch;

/// <summary>How the model is told the schema.</summary>
public enum SchemaPlacement
{
    /// <summary>As the request's response schema; the prompt carries only what the dialect cannot say. The default, and the fewest tokens. Where a model refuses it beside tools, <see cref="Prompt"/> is used instead.</summary>
    Native,

    /// <summary>In the prompt alone: for models or tools that refuse a response schema.</summary>
    Prompt,

    /// <summary>In both.</summary>
    Both,
}
