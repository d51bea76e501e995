namespace GeminiBatch.Generators;

internal static class MetadataEmitter
{
    public static string Emit(SchemaModel model) => "// " + model.Name;
}
