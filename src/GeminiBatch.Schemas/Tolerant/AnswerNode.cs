namespace GeminiBatch;

/// <summary>What stands at one place of an answer, before the schema has a say.</summary>
internal enum NodeKind : byte
{
    /// <summary>A name without a value.</summary>
    Absent,
    Object,
    Array,

    /// <summary>Text in quotes.</summary>
    String,

    /// <summary>A number in JSON's own grammar.</summary>
    Number,

    /// <summary>Anything without quotes that is no JSON literal.</summary>
    Word,
    True,
    False,
    Null,
}

[Flags]
internal enum NodeFlags : ushort
{
    None = 0,
    TextInArena = 1,
    NameInArena = 2,

    /// <summary>The answer ended inside this value.</summary>
    Cut = 4,

    /// <summary>A list written with parentheses.</summary>
    Parenthesised = 8,

    /// <summary>An object or list without brackets of its own.</summary>
    Implied = 16,

    /// <summary>A member whose colon is missing.</summary>
    NoColon = 32,

    /// <summary>The closing bracket was there.</summary>
    Closed = 64,

    /// <summary>A text in quotes as JSON writes it, without any escape.</summary>
    Plain = 128,

    /// <summary>A name in quotes as JSON writes it, without any escape, and its colon right behind it.</summary>
    PlainName = 256,
}

/// <summary>
/// One value, linked to its parent and siblings by index, so that an object that turns out to go on can be opened again without moving
/// anything. All ranges are bytes of the source or of the tree's arena.
/// </summary>
internal struct AnswerNode
{
    public NodeKind Kind;

    /// <summary>How the name came to stand for the field.</summary>
    public NameMatch Match;
    public NodeFlags Flags;
    public int Start;
    public int End;
    public int TextStart;
    public int TextLength;
    public int NameStart;
    public int NameLength;

    /// <summary>The type by whose names the members of an object were recognised; -1 when by none or by several.</summary>
    public int NamedBy;

    /// <summary>The field of the parent's type that the name stands for; -1 when there is none.</summary>
    public int Field;
    public int Parent;
    public int Next;
    public int First;
    public int Last;
    public int Count;

    /// <summary>The position among the parent's children.</summary>
    public int Ordinal;

    public readonly bool Has(NodeFlags flag) => (Flags & flag) != 0;
}
