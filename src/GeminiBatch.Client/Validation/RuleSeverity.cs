namespace GeminiBatch;

/// <summary>How bad it is when a rule is broken.</summary>
public enum RuleSeverity
{
    /// <summary>The rule is not checked.</summary>
    Off,

    /// <summary>Nothing breaks; worth knowing.</summary>
    Notice,

    /// <summary>Rows may fail, or come back without what was wanted.</summary>
    Warning,

    /// <summary>The service refuses the file, or fails the row or the whole job.</summary>
    Error,
}
