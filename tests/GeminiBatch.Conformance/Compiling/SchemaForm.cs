namespace GeminiBatch.Conformance;

/// <summary>How a schema's root became a C# type.</summary>
internal enum SchemaForm
{
    /// <summary>As the schema says it: a record, or any other root declared by <c>[ExtractionSchema&lt;T&gt;]</c>.</summary>
    Declared,

    /// <summary>A root that is no object, as the one property of a record, because it could not be declared.</summary>
    Wrapped,
}
