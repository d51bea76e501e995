namespace GeminiBatch;

/// <summary>
/// Makes a partial class, struct or record a document's metadata: a mapper to and from flat scalars is generated
/// (<see cref="IBatchMetadata{TSelf}"/>). A member that is not a scalar must be marked with <see cref="JsonEncodedAttribute"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class BatchMetadataAttribute : Attribute;
