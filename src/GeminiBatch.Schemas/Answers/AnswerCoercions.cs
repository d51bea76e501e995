namespace GeminiBatch;

/// <summary>Which conversions <see cref="RepairMode.Full"/> may make. Each one that is made is reported as a repair.</summary>
[Flags]
public enum AnswerCoercions
{
    /// <summary>None: only the text is repaired, as with <see cref="RepairMode.Syntax"/>.</summary>
    None = 0,

    /// <summary>Fields under an alias, or under a name that differs in case, punctuation, white space or accents; unknown fields are dropped.</summary>
    Names = 1,

    /// <summary>Numbers from text, with currency, grouping, a percent sign or words such as "approx.", where they can be read in one way only.</summary>
    Numbers = 1 << 1,

    /// <summary>Booleans from words and from 0 and 1.</summary>
    Booleans = 1 << 2,

    /// <summary>Dates, times, durations, GUIDs and addresses in other notations, where they can be read in one way only.</summary>
    Dates = 1 << 3,

    /// <summary>
    /// Enum values by alias, description, or a name that differs in case, punctuation or accents, and with a small slip of the pen; so too the
    /// allowed values of texts and free-form values (<c>[AllowedValues]</c>).
    /// </summary>
    Enums = 1 << 4,

    /// <summary>Texts from numbers and booleans.</summary>
    Texts = 1 << 5,

    /// <summary>Null from words such as "N/A" where the type cannot hold them as text.</summary>
    Nulls = 1 << 6,

    /// <summary>A single value as a list of one, the only item of a list as the value, and maps from other pairs than <c>{key, value}</c>.</summary>
    Lists = 1 << 7,

    /// <summary>Values out of an object or a JSON text around them, and a bare value as the only field of an object.</summary>
    Nesting = 1 << 8,

    /// <summary>All of the above: what keeps money and identifiers safe.</summary>
    Default = Names | Numbers | Booleans | Dates | Enums | Texts | Nulls | Lists | Nesting,

    /// <summary>The one number, boolean or enum value that a sentence holds.</summary>
    Sentences = 1 << 9,

    /// <summary>A fraction rounded to a whole number, and separators of a known culture wherever they stand: "3,14" is 314 in en-US.</summary>
    LooseNumbers = 1 << 10,

    /// <summary>Items of lists and entries of maps that cannot be read are dropped and reported as repairs instead of errors.</summary>
    DroppedItems = 1 << 11,

    /// <summary>Where several values fit equally well, the first; otherwise that is an error.</summary>
    Choices = 1 << 12,

    /// <summary>An object or list where a text is expected, as the text that it is written with.</summary>
    LooseTexts = 1 << 13,

    /// <summary>Everything; may read what was not meant.</summary>
    All = Default | Sentences | LooseNumbers | DroppedItems | Choices | LooseTexts,
}
