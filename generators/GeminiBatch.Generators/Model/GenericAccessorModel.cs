namespace GeminiBatch.Generators;

/// <summary>An init accessor of a generic type, which the runtime finds by its declaration: with type parameters, not with what closes them.</summary>
/// <param name="Parameters">The type parameters in angle brackets.</param>
/// <param name="Constraints">The constraints on them, each with a blank before it.</param>
/// <param name="Arguments">What closes them, in angle brackets.</param>
/// <param name="Target">The declaring type.</param>
/// <param name="Value">The member's type.</param>
internal sealed record GenericAccessorModel(string Parameters, string Constraints, string Arguments, string Target, string Value);
