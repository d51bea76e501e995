using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>Checks every line of an input file at create: one wrong line refuses the whole batch (protocol: 2.4).</summary>
internal static class RowFile
{
    /// <summary>The identities of the rows, in line order.</summary>
    public static List<ulong> Check(string path, bool embeddings)
    {
        var keys = new List<ulong>();
        using var lines = new LineScanner(path);
        while (lines.MoveNext())
        {
            var line = lines.Line.Span;
            keys.Add(RowAnswerer.Identify(ProtoJson.TryParse(line, out var row) ? row : throw ApiException.InvalidArgument($"Error on line {lines.Number}: invalid JSON"), line, lines.Number));
        }

        return keys.Count > 0 ? keys : throw ApiException.InvalidArgument("The input file has no rows.");
    }
}
