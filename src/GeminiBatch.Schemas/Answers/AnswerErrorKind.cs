namespace GeminiBatch;

/// <summary>Why an answer, or one value in it, could not be used.</summary>
public enum AnswerErrorKind
{
    /// <summary>The answer holds no JSON.</summary>
    NoJson,

    /// <summary>The answer was cut off.</summary>
    Truncated,

    /// <summary>The model repeated itself until it was cut off.</summary>
    RepetitionLoop,

    /// <summary>The model answered with the schema instead of data.</summary>
    SchemaEcho,

    /// <summary>The model declined in prose.</summary>
    Refused,

    /// <summary>A required field is missing.</summary>
    MissingRequired,

    /// <summary>A field that may not be null is null.</summary>
    UnexpectedNull,

    /// <summary>A value is of another kind than the schema's, and not safely convertible.</summary>
    WrongKind,

    /// <summary>A value of the right kind cannot be read, such as a date that does not exist.</summary>
    InvalidValue,

    /// <summary>A number does not fit its type, or a value breaks a constraint.</summary>
    OutOfRange,

    /// <summary>A text is none of an enum's values.</summary>
    UnknownEnumValue,

    /// <summary>A value can be read in more than one way.</summary>
    AmbiguousValue,

    /// <summary>The answer is nested deeper than <see cref="ParseOptions.MaxDepth"/>.</summary>
    TooDeep,

    /// <summary>The answer is longer than <see cref="ParseOptions.MaxBytes"/>.</summary>
    TooLarge,

    /// <summary>The answer is not strict JSON and repairs are switched off.</summary>
    InvalidSyntax,

    /// <summary>A field is not known to the schema and repairs are switched off.</summary>
    UnknownMember,

    /// <summary>A field is given more than once, with different values.</summary>
    DuplicateMember,
}
