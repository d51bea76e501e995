namespace GeminiBatch;

internal static class DescriptorText
{
    public static string Write(SchemaDescriptor descriptor, bool canonical) => throw new NotImplementedException();
}
