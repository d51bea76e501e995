namespace GeminiBatch;

/// <summary>How far the tolerant reader may go.</summary>
public enum RepairMode
{
    /// <summary>Repairs nothing: every deviation is an error with its path.</summary>
    Strict,

    /// <summary>Repairs the JSON text only; values and names must be the schema's.</summary>
    Syntax,

    /// <summary>Repairs the text and reads values and names leniently where the meaning is certain.</summary>
    Full,
}
