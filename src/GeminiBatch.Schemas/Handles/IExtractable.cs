namespace GeminiBatch;

/// <summary>A type that can be read from a model's answer. Implemented by the generator for types with <see cref="ExtractionSchemaAttribute"/>.</summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
public interface IExtractable<TSelf>
    where TSelf : IExtractable<TSelf>
{
    /// <summary>The schema's handle.</summary>
    static abstract ExtractionSchema<TSelf> Schema { get; }
}
