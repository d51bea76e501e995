using System.IO.Compression;

namespace GeminiBatch;

/// <summary>
/// Looks a PDF's objects over before PDFsharp does: what would have it recurse without end cannot be caught afterwards and would end the process.
/// </summary>
internal sealed class PdfScreening
{
    private const int DeepestNesting = 500;
    private const int TallestTree = 10_000;
    private const int MostNodes = 1_000_000;
    private const int MostScans = 16;
    private const int MostUnpackedBytes = 256 * 1024 * 1024;

    private readonly Dictionary<int, Dictionary<int, Mention>> _kids = [];
    private readonly Dictionary<int, Dictionary<int, Mention>> _parents = [];
    private readonly Dictionary<int, Dictionary<int, Mention>> _lengths = [];
    private readonly byte[] _pdf;
    private int _body;
    private long _scanned;
    private long _unpacked;

    private PdfScreening(byte[] pdf) => _pdf = pdf;

    /// <exception cref="DocumentSplitException">Thrown for a PDF that is not given to PDFsharp.</exception>
    public static void Require(byte[] pdf)
    {
        var screening = new PdfScreening(pdf);
        screening.ReadObjects(pdf);
        RequireTree(screening._kids, "its page tree or its form");
        RequireTree(screening._parents, "its page tree or its form");
        RequireTree(screening._lengths, "the lengths of its streams");
        RequireEndOfUpdates(pdf);
    }

    public static DocumentSplitException Broken(string why, Exception? error = null) =>
        new("broken_pdf", $"its PDF is broken: {why}. Open and save it again, or get it anew.", error);

    // Every place that an entry of a cross-reference table can lead to, wherever it lies: also inside of streams and strings.
    private void ReadObjects(ReadOnlySpan<byte> pdf)
    {
        for (var at = 0; pdf[at..].IndexOf("obj"u8) is >= 0 and var found;)
        {
            var body = at + found + 3;
            if (NumberBefore(pdf, at + found) is { } number)
            {
                ReadBody(pdf[body..], number, isAlone: false);
            }

            at = body;
        }
    }

    private void ReadBody(ReadOnlySpan<byte> body, int number, bool isAlone)
    {
        _body++;
        var tokens = new PdfTokens(body);
        var (depth, name, isPack) = (0, "", false);
        var (before, last, start) = (-1L, -1L, -1L);
        var isRead = false;
        while (!isRead && tokens.Next())
        {
            if (tokens.Kind == PdfToken.Number)
            {
                (before, last) = (last, tokens.Value());
                start = name == "First" && before < 0 ? last : start;
                isRead = isAlone && depth == 0;
                continue;
            }

            switch (tokens.Kind)
            {
                case PdfToken.Open when ++depth > DeepestNesting:
                    throw Broken("its objects are nested too deeply");
                case PdfToken.Close:
                    depth--;
                    break;
                case PdfToken.Name:
                    var read = tokens.Text();
                    isPack |= name == "Type" && read == "ObjStm";
                    name = read;
                    break;
                case PdfToken.Keyword when tokens.Token.SequenceEqual("R"u8) && before is >= 0 and <= int.MaxValue:
                    Refer(number, name, (int)before);
                    start = name == "First" ? -1 : start;
                    break;
                case PdfToken.Keyword when tokens.Token.SequenceEqual("stream"u8):
                    // What is packed itself is no stream.
                    if (isPack && !isAlone)
                    {
                        ReadPack(body.Length - tokens.Position, start);
                    }

                    isRead = true;
                    break;
                case PdfToken.Keyword when tokens.Token.SequenceEqual("endobj"u8):
                    isRead = true;
                    break;
            }

            isRead |= isAlone && depth == 0;
            (before, last) = (-1, -1);
        }

        _scanned += tokens.Position;
        if (_scanned > MostScans * (_pdf.Length + _unpacked))
        {
            throw Broken("objects lie inside of each other");
        }
    }

    private void Refer(int from, string name, int to)
    {
        // An array on its own may be what an entry of another object refers to.
        var edges = name switch
        {
            "Kids" or "" => _kids,
            "Parent" => _parents,
            "Length" => _lengths,
            _ => null,
        };
        if (edges is null)
        {
            return;
        }

        if (!edges.TryGetValue(from, out var targets))
        {
            edges.Add(from, targets = []);
        }

        // An update has an object again, with much of what it had before: that is no second page.
        var before = targets.GetValueOrDefault(to);
        var here = before.Body == _body ? before.Here + 1 : 1;
        targets[to] = new(Math.Max(before.Most, here), _body, here);
    }

    // A stream of objects: pairs of number and offset, then the objects. What cannot be unpacked here, PDFsharp does not read either, or only with the key of an encryption.
    // Where it ends nothing says for certain: it is unpacked until it ends itself, in place, because copies up to the file's end would add up.
    private void ReadPack(int rest, long start)
    {
        var stream = _pdf.AsSpan(_pdf.Length - rest);
        stream = stream.StartsWith("\r\n"u8) ? stream[2..] : stream.StartsWith("\n"u8) ? stream[1..] : stream;
        using var unpacked = new MemoryStream();
        try
        {
            using var packed = new MemoryStream(_pdf, _pdf.Length - stream.Length, stream.Length, writable: false);
            using var inflating = new ZLibStream(packed, CompressionMode.Decompress);
            var buffer = new byte[64 * 1024];
            for (int read; (read = inflating.Read(buffer)) > 0;)
            {
                _unpacked += read;
                if (_unpacked > MostUnpackedBytes)
                {
                    throw Broken("it unpacks to more than any reader takes");
                }

                unpacked.Write(buffer, 0, read);
            }
        }
        catch (InvalidDataException)
        {
            return;
        }

        if (start < 0 || start > unpacked.Length)
        {
            throw Broken("packed objects do not say where they begin");
        }

        ReadPackedObjects(unpacked.GetBuffer().AsSpan(0, (int)unpacked.Length), (int)start);
    }

    private void ReadPackedObjects(ReadOnlySpan<byte> pack, int start)
    {
        var objects = pack[start..];
        var tokens = new PdfTokens(pack[..start]);
        while (tokens.Next() && tokens.Value() is >= 0 and <= int.MaxValue and var number && tokens.Next() && tokens.Value() is >= 0 and var offset)
        {
            if (offset < objects.Length)
            {
                ReadBody(objects[(int)offset..], (int)number, isAlone: true);
            }
        }
    }

    // Neither circles, nor towers, nor a few nodes that are millions by being named many times.
    private static void RequireTree(Dictionary<int, Dictionary<int, Mention>> mentions, string what)
    {
        var edges = mentions.ToDictionary(static entry => entry.Key, static entry => entry.Value.Select(static target => (Node: target.Key, Times: target.Value.Most)).ToArray());
        var known = new Dictionary<int, (int Height, long Nodes)>();
        var path = new Stack<(int Node, int Next, int Height, long Nodes)>();
        var open = new HashSet<int>();
        foreach (var root in edges.Keys)
        {
            if (known.ContainsKey(root))
            {
                continue;
            }

            path.Push((root, 0, 1, 1));
            open.Add(root);
            while (path.TryPop(out var step))
            {
                if (!edges.TryGetValue(step.Node, out var targets) || step.Next == targets.Length)
                {
                    open.Remove(step.Node);
                    known[step.Node] = (step.Height, step.Nodes);
                    continue;
                }

                var (target, times) = targets[step.Next];
                if (open.Contains(target))
                {
                    throw Broken($"{what} lead back to themselves");
                }

                if (!known.TryGetValue(target, out var below))
                {
                    path.Push(step);
                    path.Push((target, 0, 1, 1));
                    open.Add(target);
                    continue;
                }

                step = step with { Next = step.Next + 1, Height = Math.Max(step.Height, below.Height + 1), Nodes = step.Nodes + (times * below.Nodes) };
                if (step.Height > TallestTree || step.Nodes > MostNodes)
                {
                    throw Broken($"{what} are larger than any document's");
                }

                path.Push(step);
            }
        }
    }

    // Each update of a PDF names the place of the one before.
    private static void RequireEndOfUpdates(ReadOnlySpan<byte> pdf)
    {
        var last = pdf.LastIndexOf("startxref"u8);
        var met = new HashSet<long>();
        for (var place = last < 0 ? null : NumberAfter(pdf[(last + "startxref"u8.Length)..]); place is { } at && at >= 0 && at < pdf.Length;)
        {
            if (!met.Add(at))
            {
                throw Broken("its updates lead back to themselves");
            }

            var update = pdf[(int)at..];
            var end = update.IndexOf("startxref"u8);
            update = end < 0 ? update : update[..end];
            var previous = update.IndexOf("/Prev"u8);
            place = previous < 0 ? null : NumberAfter(update[(previous + "/Prev"u8.Length)..]);
        }
    }

    private static long? NumberAfter(ReadOnlySpan<byte> text)
    {
        var tokens = new PdfTokens(text);
        return tokens.Next() && tokens.Kind == PdfToken.Number ? tokens.Value() : null;
    }

    // "12 0 obj": the first of the two numbers.
    private static int? NumberBefore(ReadOnlySpan<byte> pdf, int at)
    {
        var generation = SkipBack(pdf, SkipBack(pdf, at, PdfTokens.IsSpace), IsDigit);
        var gap = SkipBack(pdf, generation, PdfTokens.IsSpace);
        var number = SkipBack(pdf, gap, IsDigit);
        return number < gap && gap < generation && int.TryParse(pdf[number..gap], System.Globalization.CultureInfo.InvariantCulture, out var value) ? value : null;
    }

    /// <summary>How often one object names another one: at most in one of its versions, and in the one that is being read.</summary>
    private readonly record struct Mention(int Most, int Body, int Here);

    private static bool IsDigit(byte value) => value is >= (byte)'0' and <= (byte)'9';

    private static int SkipBack(ReadOnlySpan<byte> pdf, int at, Func<byte, bool> isMeant)
    {
        while (at > 0 && isMeant(pdf[at - 1]))
        {
            at--;
        }

        return at;
    }
}
