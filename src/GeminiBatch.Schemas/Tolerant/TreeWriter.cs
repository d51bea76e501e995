namespace GeminiBatch;

/// <summary>Writes a tree as strict JSON as it stands, without a schema.</summary>
internal readonly ref struct TreeWriter(AnswerTree tree, ReadOnlySpan<byte> source, CanonicalWriter output)
{
    private readonly ReadOnlySpan<byte> _source = source;

    public void Write(int node)
    {
        ref AnswerNode value = ref tree[node];
        switch (value.Kind)
        {
            case NodeKind.Object:
                WriteChildren(node, (byte)'{', (byte)'}', named: true);
                break;
            case NodeKind.Array:
                WriteChildren(node, (byte)'[', (byte)']', named: false);
                break;
            case NodeKind.String when value.Has(NodeFlags.Plain) && output.TrustsText:
                output.Raw(_source.Slice(value.TextStart - 1, value.TextLength + 2));
                break;
            case NodeKind.String:
                output.String(tree.Text(node, _source));
                break;
            case NodeKind.Number:
                output.Raw(tree.Text(node, _source));
                break;
            case NodeKind.Word:
                WriteWord(tree.Text(node, _source));
                break;
            case NodeKind.True:
                output.Raw("true"u8);
                break;
            case NodeKind.False:
                output.Raw("false"u8);
                break;
            default:
                output.Raw("null"u8);
                break;
        }
    }

    private void WriteChildren(int node, byte open, byte close, bool named)
    {
        output.Raw(open);
        bool first = true;
        for (int child = tree[node].First; child >= 0; child = tree[child].Next)
        {
            if (!named && tree[child].Kind == NodeKind.Absent)
            {
                continue;
            }

            output.Separate(ref first);
            if (named && tree[child].Has(NodeFlags.PlainName) && output.TrustsText)
            {
                output.Raw(_source.Slice(tree[child].NameStart - 1, tree[child].NameLength + 3));
            }
            else if (named)
            {
                output.Name(tree.Name(child, _source));
            }

            Write(child);
        }

        output.Raw(close);
    }

    // Numbers that only lack a digit are numbers; everything else without quotes is text.
    private void WriteWord(ReadOnlySpan<byte> word)
    {
        Span<byte> padded = stackalloc byte[48];
        int length = NumberText.Pad(word, padded);
        if (length > 0)
        {
            output.Raw(padded[..length]);
        }
        else
        {
            output.String(word);
        }
    }
}
