using System.Buffers.Binary;
using System.Security.Cryptography;

namespace GeminiBatch;

/// <summary>
/// Keys seen so far, each with its line, in at most 16 bytes a key: 64 bits of the key's SHA-256 and the line, in many small tables that are filled to nine tenths
/// and grow by little, one at a time. Two different keys of one file are taken for the same with a probability of about one in 100,000 at 20 million rows.
/// </summary>
internal sealed class KeySet
{
    private const int Tables = 1024;
    private const double MaxFill = 0.9;
    private const double Growth = 1.14;
    private readonly Table[] _tables = new Table[Tables];

    /// <summary>Adds a key; the line of an earlier one that is the same, or 0.</summary>
    internal uint Add(ReadOnlySpan<byte> key, uint line)
    {
        Span<byte> sha = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(key, sha);

        // 0 marks a free place.
        ulong hash = Math.Max(BinaryPrimitives.ReadUInt64LittleEndian(sha), 1);
        ref Table table = ref _tables[BinaryPrimitives.ReadUInt16LittleEndian(sha[8..]) % Tables];
        table.Hashes ??= new ulong[8];
        table.Lines ??= new uint[8];
        if (table.Count + 1 > table.Hashes.Length * MaxFill)
        {
            Grow(ref table);
        }

        uint earlier = Place(ref table, hash, line);
        table.Count += earlier == 0 ? 1 : 0;
        return earlier;
    }

    private static uint Place(ref Table table, ulong hash, uint line)
    {
        int at = Start(hash, table.Hashes!.Length);
        while (true)
        {
            if (table.Hashes[at] == 0)
            {
                (table.Hashes[at], table.Lines![at]) = (hash, line);
                return 0;
            }

            if (table.Hashes[at] == hash)
            {
                return table.Lines![at];
            }

            at = at + 1 == table.Hashes.Length ? 0 : at + 1;
        }
    }

    private static void Grow(ref Table table)
    {
        Table old = table;
        int length = (int)(old.Hashes!.Length * Growth) + 1;
        table = new Table { Hashes = new ulong[length], Lines = new uint[length], Count = old.Count };
        for (int i = 0; i < old.Hashes.Length; i++)
        {
            if (old.Hashes[i] != 0)
            {
                Place(ref table, old.Hashes[i], old.Lines![i]);
            }
        }
    }

    private static int Start(ulong hash, int length) => (int)Math.BigMul(hash, (ulong)length, out _);

    private struct Table
    {
        public ulong[]? Hashes;
        public uint[]? Lines;
        public int Count;
    }
}
