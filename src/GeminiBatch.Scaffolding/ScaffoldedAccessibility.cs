namespace GeminiBatch;

/// <summary>Who sees scaffolded types.</summary>
public enum ScaffoldedAccessibility
{
    /// <summary>Everyone.</summary>
    Public,

    /// <summary>The project they stand in.</summary>
    Internal,
}
