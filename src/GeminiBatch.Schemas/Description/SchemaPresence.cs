namespace GeminiBatch;

/// <summary>Whether a field must be in an answer.</summary>
public enum SchemaPresence
{
    /// <summary>Asked for; missing is an error.</summary>
    Required,

    /// <summary>Nullable and asked for; missing is read as null and reported.</summary>
    Reported,

    /// <summary>Not asked for; missing leaves the declared default (null or empty for a recursive field) and is reported unless recursive.</summary>
    Optional,
}
