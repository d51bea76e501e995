using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace GeminiBatch.Emulator;

/// <summary>Answers the rows of a job into its result file: in seeded random order, each row's members in seeded random order (protocol: 2.2).</summary>
internal sealed class ResultWriter(int seed, RowAnswerer answerer, StateFolder state)
{
    private const int AnsweredTogether = 256;

    public int Seed => seed;

    public async Task<BatchResult> WriteAsync(StoredBatch batch, string inputPath, ulong[] keys, byte[] attempts, string resultPath, CancellationToken ct)
    {
        var unfinished = resultPath + ".new";
        state.Delete(unfinished);
        long reserved = 0;
        try
        {
            var result = await WriteRowsAsync(batch, inputPath, keys, attempts, unfinished, bytes =>
            {
                state.Reserve(bytes);
                reserved += bytes;
            }, ct);
            File.Move(unfinished, resultPath, overwrite: true);
            return result;
        }
        catch
        {
            File.Delete(unfinished);
            state.Release(reserved);
            throw;
        }
    }

    private async Task<BatchResult> WriteRowsAsync(StoredBatch batch, string inputPath, ulong[] keys, byte[] attempts, string unfinished, Action<long> reserve, CancellationToken ct)
    {
        var rows = Order(IndexLines(inputPath), keys, isOncePerKey: batch.Vertex is null);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long succeeded = 0, failed = 0, size = 0;
        using (var input = File.OpenHandle(inputPath, share: FileShare.ReadWrite | FileShare.Delete))
        await using (var output = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 1 << 16))
        {
            for (var first = batch.DroppedRows; first < rows.Count; first += AnsweredTogether)
            {
                ct.ThrowIfCancellationRequested();
                var answers = new Answered[Math.Min(AnsweredTogether, rows.Count - first)];
                Parallel.For(0, answers.Length, offset =>
                {
                    // After the dropped rows come those that fail; the order is the seed's, so both are a seeded choice.
                    var index = first + offset;
                    answers[offset] = Answer(batch, input, rows[index], keys, attempts, fails: index - batch.DroppedRows < batch.FailedRows);
                });
                for (var offset = 0; offset < answers.Length; offset++)
                {
                    var (bytes, isError) = answers[offset];
                    succeeded += isError ? 0 : 1;
                    failed += isError ? 1 : 0;
                    var copies = rows.Count - first - offset <= batch.DuplicatedRows ? 2 : 1;
                    for (var copy = 0; copy < copies; copy++)
                    {
                        reserve(bytes.Length);
                        await output.WriteAsync(bytes, CancellationToken.None);
                        hash.AppendData(bytes);
                        size += bytes.Length;
                    }
                }
            }
        }

        return new BatchResult(succeeded, failed, size, Convert.ToHexStringLower(hash.GetCurrentHash()));
    }

    private Answered Answer(StoredBatch batch, SafeFileHandle input, Row row, ulong[] keys, byte[] attempts, bool fails)
    {
        var line = new byte[row.Length];
        RandomAccess.Read(input, line, row.Offset);
        var (key, attempt) = (keys[row.Line], attempts[row.Line]);
        var (answered, isError) = fails ? answerer.Fail(line, batch, key) : answerer.Answer(line, batch, key, attempt);
        // Vertex AI's rows have layouts of their own.
        var ordered = batch.Vertex is null ? MemberOrder.Shuffle(answered, StableHash.Of(seed, "members", $"{key}/{attempt}")) : answered;
        return new Answered([.. ProtoJson.ToCompactUtf8(ordered), (byte)'\n'], isError);
    }

    private static List<Row> IndexLines(string path)
    {
        var rows = new List<Row>();
        using var lines = new LineScanner(path);
        while (lines.MoveNext())
        {
            rows.Add(new Row(rows.Count, lines.Offset, lines.Line.Length, 0));
        }

        return rows;
    }

    private List<Row> Order(List<Row> rows, ulong[] keys, bool isOncePerKey)
    {
        var seen = new HashSet<ulong>(rows.Count);
        // A key that occurs twice is answered once on the Developer API (protocol: 2.2); Vertex AI knows no keys.
        var ordered = rows.Where(row => seen.Add(keys[row.Line]) || !isOncePerKey).Select(row => row with { Position = new SeededRandom(keys[row.Line] + (ulong)(uint)seed).NextBits() }).ToList();
        CollectionsMarshal.AsSpan(ordered).Sort(static (one, other) => one.Position.CompareTo(other.Position));
        return ordered;
    }

    private readonly record struct Answered(byte[] Line, bool IsError);

    private readonly record struct Row(int Line, long Offset, int Length, ulong Position);
}
