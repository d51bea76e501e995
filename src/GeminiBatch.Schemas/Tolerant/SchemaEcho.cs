namespace GeminiBatch;

/// <summary>Recognises an answer that is a JSON Schema, or Gemini's dialect of it, instead of data.</summary>
internal static class SchemaEcho
{
    public static bool Is(AnswerTree tree, ReadOnlySpan<byte> source, int node, SchemaIndex schema)
    {
        int root = schema.ObjectWithin(0);
        if (tree[node].Kind != NodeKind.Object || schema.KindOf(root) == SchemaKind.Map)
        {
            return false;
        }

        bool type = false;
        bool parts = false;
        for (int child = tree[node].First; child >= 0; child = tree[child].Next)
        {
            ReadOnlySpan<byte> name = tree.Name(child, source);
            if (root >= 0 && schema.Find(root, name, out _) >= 0)
            {
                return false;
            }

            type |= name.SequenceEqual("type"u8) && tree[child].Kind == NodeKind.String && System.Text.Ascii.EqualsIgnoreCase(tree.Text(child, source), "object"u8);
            parts |= name.SequenceEqual("properties"u8) && tree[child].Kind == NodeKind.Object;
            parts |= name.SequenceEqual("$schema"u8) || name.SequenceEqual("propertyOrdering"u8);
        }

        return type && parts;
    }
}
