using System.Text.Json;

namespace GeminiBatch;

/// <summary>One result with its value at hand as JSON.</summary>
internal sealed class ResultRowValues : IDisposable
{
    private readonly JsonDocument? _value;

    public ResultRowValues(ExtractionResult result)
    {
        Result = result;
        _value = result.Succeeded ? JsonDocument.Parse(result.CanonicalJson) : null;
    }

    public ExtractionResult Result { get; }

    /// <summary>The canonical value; undefined for a failed document.</summary>
    public JsonElement Value => _value?.RootElement ?? default;

    public void Dispose() => _value?.Dispose();
}
