using System.Text;

namespace GeminiBatch;

/// <summary>Valid JSON made from a text, with the report of what was done to make it.</summary>
public sealed class RepairedJson
{
    private readonly AnswerReading _reading;

    internal RepairedJson(AnswerReading reading) => _reading = reading;

    /// <summary>Whether there is JSON. It may still be incomplete: see <see cref="Status"/>.</summary>
    public bool Succeeded => !_reading.CanonicalJson.IsEmpty;

    /// <summary>Exact for strict JSON, repaired, incomplete for a text that was cut off, or rejected when there is no JSON in it.</summary>
    public AnswerStatus Status => _reading.Status;

    /// <summary>The JSON as compact UTF-8; empty without success.</summary>
    public ReadOnlyMemory<byte> Utf8Json => _reading.CanonicalJson;

    /// <summary>The JSON as text; empty without success.</summary>
    public string Json => field ??= Encoding.UTF8.GetString(_reading.CanonicalJson.Span);

    /// <summary>The repairs made, in the text's order.</summary>
    public IReadOnlyList<AnswerRepair> Repairs => _reading.Repairs;

    /// <summary>Why the text holds no JSON, or not all of it.</summary>
    public IReadOnlyList<AnswerError> Errors => _reading.Errors;

    /// <summary>What the text holds beside the JSON, when it is more than white space.</summary>
    public string? Remainder => _reading.Remainder;
}
