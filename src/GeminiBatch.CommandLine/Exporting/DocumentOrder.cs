using System.Runtime.CompilerServices;
using System.Text;

namespace GeminiBatch;

/// <summary>
/// Puts lines into the ordinal order of their documents' ids, so that the same results make the same file whatever order they came in.
/// What does not fit in memory is sorted in pieces on disk and merged.
/// </summary>
internal sealed class DocumentOrder(string folder, long maxBytesInMemory = 32 * 1024 * 1024) : IDisposable
{
    private readonly List<(string Id, byte[] Line)> _lines = [];
    private readonly List<string> _pieces = [];
    private long _bytes;

    public async ValueTask AddAsync(string id, byte[] line, CancellationToken cancellationToken)
    {
        _lines.Add((id, line));
        _bytes += line.Length + (2 * id.Length) + 64;
        if (_bytes > maxBytesInMemory)
        {
            await SpillAsync(cancellationToken);
        }
    }

    /// <summary>Every line, ordered by id.</summary>
    public async IAsyncEnumerable<byte[]> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Sort();
        var sources = _pieces.Select(path => ReadPieceAsync(path, cancellationToken)).Append(ReadMemoryAsync())
            .Select(source => source.GetAsyncEnumerator(cancellationToken)).ToList();
        try
        {
            var next = new PriorityQueue<int, (string Id, int Source)>(Comparer<(string Id, int Source)>.Create(static (left, right) =>
                string.CompareOrdinal(left.Id, right.Id) is var order and not 0 ? order : left.Source.CompareTo(right.Source)));
            for (var source = 0; source < sources.Count; source++)
            {
                if (await sources[source].MoveNextAsync())
                {
                    next.Enqueue(source, (sources[source].Current.Id, source));
                }
            }

            while (next.TryDequeue(out var source, out _))
            {
                yield return sources[source].Current.Line;
                if (await sources[source].MoveNextAsync())
                {
                    next.Enqueue(source, (sources[source].Current.Id, source));
                }
            }
        }
        finally
        {
            foreach (var source in sources)
            {
                await source.DisposeAsync();
            }
        }
    }

    public void Dispose()
    {
        foreach (var piece in _pieces)
        {
            File.Delete(piece);
        }
    }

    private async Task SpillAsync(CancellationToken cancellationToken)
    {
        Sort();
        var path = Path.Combine(folder, $".sorting-{Guid.NewGuid():N}.tmp");
        _pieces.Add(path);
        await using var writer = new BinaryWriter(PrivateFile.Create(path), Encoding.UTF8);
        foreach (var (id, line) in _lines)
        {
            cancellationToken.ThrowIfCancellationRequested();
            writer.Write(id);
            writer.Write(line.Length);
            writer.Write(line);
        }

        _lines.Clear();
        _bytes = 0;
    }

    private void Sort() => _lines.Sort(static (left, right) => string.CompareOrdinal(left.Id, right.Id));

    private async IAsyncEnumerable<(string Id, byte[] Line)> ReadMemoryAsync()
    {
        await Task.CompletedTask;
        foreach (var line in _lines)
        {
            yield return line;
        }
    }

    private static async IAsyncEnumerable<(string Id, byte[] Line)> ReadPieceAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        await using var stream = File.OpenRead(path);
        using var reader = new BinaryReader(stream, Encoding.UTF8);
        while (stream.Position < stream.Length)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var id = reader.ReadString();
            yield return (id, reader.ReadBytes(reader.ReadInt32()));
        }
    }
}
