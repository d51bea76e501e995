namespace GeminiBatch;

/// <summary>What a value of a schema is. The wire form is what canonical JSON holds.</summary>
public enum SchemaKind
{
    /// <summary>An object with known fields.</summary>
    Object,

    /// <summary>Text.</summary>
    String,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A whole number; its width is given by <see cref="SchemaNode.IntegerMinimum"/> and <see cref="SchemaNode.IntegerMaximum"/>.</summary>
    Integer,

    /// <summary>A binary floating-point number.</summary>
    Number,

    /// <summary>A decimal number.</summary>
    Decimal,

    /// <summary>A date; wire form <c>yyyy-MM-dd</c>.</summary>
    Date,

    /// <summary>A time of day; wire form <c>HH:mm:ss</c> with up to seven fraction digits.</summary>
    Time,

    /// <summary>A date and time, with or without an offset; wire form ISO 8601.</summary>
    DateTime,

    /// <summary>A date and time with an offset; wire form ISO 8601.</summary>
    DateTimeOffset,

    /// <summary>A length of time; wire form ISO 8601 such as <c>PT1H30M</c>; <c>01:30:00</c> is read too.</summary>
    Duration,

    /// <summary>A GUID; wire form of 32 digits in groups separated by hyphens.</summary>
    Guid,

    /// <summary>An absolute or relative URI.</summary>
    Uri,

    /// <summary>One of the names in <see cref="SchemaNode.EnumValues"/>.</summary>
    Enum,

    /// <summary>A list of values of <see cref="SchemaNode.ItemType"/>.</summary>
    Array,

    /// <summary>Named values of <see cref="SchemaNode.ItemType"/>; wire form an object or a list of <c>{key, value}</c>.</summary>
    Map,

    /// <summary>Any JSON value.</summary>
    Any,

    /// <summary>
    /// A value of one of <see cref="SchemaNode.Cases"/>; wire form that of the case, with <see cref="SchemaNode.Discriminator"/> as its first
    /// member where there is one.
    /// </summary>
    Union,
}
