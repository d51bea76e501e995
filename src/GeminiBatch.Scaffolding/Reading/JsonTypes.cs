namespace GeminiBatch.Scaffolding;

/// <summary>The kinds of JSON values that a schema allows.</summary>
[Flags]
internal enum JsonTypes
{
    None = 0,
    Object = 1,
    Array = 2,
    String = 4,
    Integer = 8,
    Number = 16,
    Boolean = 32,
    Null = 64,
    Numeric = Integer | Number,
}
