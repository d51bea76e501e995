namespace GeminiBatch.Scaffolding;

/// <summary>What a C# type is to the constraints and defaults that can be put on it.</summary>
internal enum TypeKind
{
    String,
    Boolean,
    Integer,
    Double,
    Decimal,
    OtherScalar,
    Enum,
    Record,
    List,
    Set,
    Map,
    Any,
}
