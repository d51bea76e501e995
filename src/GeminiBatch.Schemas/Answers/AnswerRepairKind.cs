namespace GeminiBatch;

/// <summary>What was done to an answer to read it.</summary>
public enum AnswerRepairKind
{
    /// <summary>A Markdown code fence was removed.</summary>
    FenceRemoved,

    /// <summary>Text around the JSON was removed.</summary>
    ProseRemoved,

    /// <summary>A trailing comma was dropped.</summary>
    TrailingComma,

    /// <summary>A missing comma was added.</summary>
    MissingComma,

    /// <summary>A missing colon was added.</summary>
    MissingColon,

    /// <summary>Single or typographic quotes were read as double quotes.</summary>
    SingleQuotes,

    /// <summary>A name without quotes was read.</summary>
    UnquotedName,

    /// <summary>A string without quotes was read.</summary>
    UnquotedValue,

    /// <summary>A comment was dropped.</summary>
    Comment,

    /// <summary>A missing closing bracket or brace was added.</summary>
    ClosedBracket,

    /// <summary>A stray closing bracket or brace was dropped.</summary>
    StrayBracket,

    /// <summary>The root object was closed too early and the fields behind it were taken in.</summary>
    EarlyClosedObject,

    /// <summary>The answer was cut off and what could be read was kept.</summary>
    Truncated,

    /// <summary>A quote, control character or escape inside a string was mended.</summary>
    StringMended,

    /// <summary>A literal such as None, True or NaN was read as its JSON form.</summary>
    LiteralMended,

    /// <summary>A field that the schema does not know was dropped.</summary>
    UnknownMember,

    /// <summary>A field given more than once was read once.</summary>
    DuplicateMember,

    /// <summary>A field was recognised under a name other than its own.</summary>
    NameMatched,

    /// <summary>A field that is not required was missing; null or its default was used.</summary>
    MissingOptional,

    /// <summary>A number was read from text or from another notation.</summary>
    NumberCoerced,

    /// <summary>A boolean was read from text or a number.</summary>
    BooleanCoerced,

    /// <summary>A date or time was read from another notation.</summary>
    DateCoerced,

    /// <summary>An enum value was recognised under a name other than its own.</summary>
    EnumMatched,

    /// <summary>A text was read from a value of another kind.</summary>
    StringCoerced,

    /// <summary>A single value was read as a list of one.</summary>
    SingleToList,

    /// <summary>A list of one was read as its value.</summary>
    ListToSingle,

    /// <summary>An object was taken out of an object or list around it.</summary>
    Unwrapped,

    /// <summary>A JSON text inside a string was read as the value itself.</summary>
    DecodedString,

    /// <summary>A text that stands for no value, such as "N/A", was read as null.</summary>
    NullCoerced,

    /// <summary>A map was read from a list of pairs.</summary>
    MapFromPairs,

    /// <summary>One of several values in the answer was chosen.</summary>
    ChosenFromSeveral,

    /// <summary>A byte order mark or bytes that are no UTF-8 were replaced.</summary>
    EncodingMended,

    /// <summary>An item or entry that does not fit was dropped, as <see cref="AnswerCoercions.DroppedItems"/> allows.</summary>
    ItemDropped,

    /// <summary>The case of a union was told by the fields of the object, because no member names it.</summary>
    UnionCaseChosen,

    /// <summary>A bare value was read as the only field of an object.</summary>
    Wrapped,
}
