namespace GeminiBatch;

internal static class JsonSchemaReader
{
    public static SchemaDescriptor Read(string name, ReadOnlySpan<byte> jsonSchemaUtf8) => throw new NotImplementedException($"{name} {jsonSchemaUtf8.Length}");
}
