using System.Buffers;

namespace GeminiBatch;

/// <summary>An answer without any bracket: one scalar where the schema asks for one, or, without a schema, text.</summary>
internal static class WholeText
{
    private static readonly SearchValues<byte> Punctuation = SearchValues.Create("[]{}(),:;"u8);

    public static int Find(ReadOnlySpan<byte> source, AnswerTree tree, SchemaIndex? schema)
    {
        SchemaKind root = schema?.KindOf(0) ?? SchemaKind.Any;
        ReadOnlySpan<byte> text = Surrounding.Unfenced(source);
        text = root == SchemaKind.String ? text : Surrounding.Trim(text);
        bool literal = root == SchemaKind.Object && schema![0].Fields.Count == 1 && IsLiteral(text);
        if (text.IndexOfAnyExcept(Punctuation) < 0 || (root is SchemaKind.Object or SchemaKind.Map && !literal) || (root == SchemaKind.Array && schema!.ObjectWithin(0) >= 0))
        {
            return -1;
        }

        int start = source.IndexOf(text);
        using var machine = new SyntaxMachine(source, tree, schema, new SyntaxRules(Strict: false, Rebalance: false, 1));
        int node = root is SchemaKind.String && text[0] != (byte)'"' ? Plain(tree, start, text.Length) : machine.Read(start, -1);
        bool whole = WhiteSpace.Skip(source, machine.Position) >= start + text.Length;
        if (root == SchemaKind.Any && !whole && machine.Position > start)
        {
            return List(source, tree, node, machine.Position);
        }

        return whole || root == SchemaKind.Any ? node : Plain(tree, start, text.Length);
    }

    /// <summary>The whole text as the one text that is asked for.</summary>
    public static int AsText(ReadOnlySpan<byte> source, AnswerTree tree)
    {
        ReadOnlySpan<byte> text = WhiteSpace.Trim(source);
        return Plain(tree, source.IndexOf(text), text.Length);
    }

    private static bool IsLiteral(ReadOnlySpan<byte> text) =>
        NumberText.IsJson(text) || text.SequenceEqual("null"u8) || text.SequenceEqual("true"u8) || text.SequenceEqual("false"u8);

    private static int Plain(AnswerTree tree, int start, int length)
    {
        int node = tree.Add(NodeKind.Word, start);
        (tree[node].TextStart, tree[node].TextLength, tree[node].End) = (start, length, start + length);
        return node;
    }

    // 1,2,3 and values on lines of their own are a list.
    private static int List(ReadOnlySpan<byte> source, AnswerTree tree, int first, int at)
    {
        int list = tree.Add(NodeKind.Array, tree[first].Start);
        tree.Link(list, first);
        while (at < source.Length)
        {
            at = WhiteSpace.Skip(source, at);
            if (at < source.Length && source[at] is (byte)',' or (byte)';')
            {
                at = WhiteSpace.Skip(source, at + 1);
            }

            if (at >= source.Length)
            {
                break;
            }

            using var machine = new SyntaxMachine(source, tree, null, new SyntaxRules(Strict: false, Rebalance: false, 1));
            tree.Link(list, machine.Read(at, -1));
            at = Math.Max(machine.Position, at + 1);
        }

        tree[list].End = source.Length;
        return tree[list].Count == 1 ? first : list;
    }
}
