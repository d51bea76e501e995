using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace GeminiBatch.Emulator;

/// <summary>
/// How often each key was asked before, so that a retried row meets other noise than its first try. Kept per job beside the job; a job that
/// repeats another one's display name and input is the same attempt, not a next one.
/// </summary>
internal sealed class AskedKeys
{
    private const int EntryBytes = sizeof(ulong) + 1;

    private readonly Dictionary<ulong, byte> counts = [];

    /// <summary>The attempt numbers of a job's rows, in line order: 0 for a key never asked before.</summary>
    public byte[] Next(string owner, IReadOnlyList<ulong> keys)
    {
        var space = StableHash.Of(owner);
        var attempts = new byte[keys.Count];
        for (var index = 0; index < attempts.Length; index++)
        {
            attempts[index] = counts.GetValueOrDefault(keys[index] ^ space);
        }

        return attempts;
    }

    public void Add(string owner, IReadOnlyList<ulong> keys, byte[] attempts)
    {
        var space = StableHash.Of(owner);
        for (var index = 0; index < attempts.Length; index++)
        {
            ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(counts, keys[index] ^ space, out _);
            count = (byte)Math.Max(count, Math.Min(attempts[index] + 1, byte.MaxValue));
        }
    }

    public static byte[] Write(IReadOnlyList<ulong> keys, byte[] attempts)
    {
        var bytes = new byte[keys.Count * EntryBytes];
        for (var index = 0; index < attempts.Length; index++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(index * EntryBytes), keys[index]);
            bytes[(index * EntryBytes) + sizeof(ulong)] = attempts[index];
        }

        return bytes;
    }

    public static (ulong[] Keys, byte[] Attempts) Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var keys = new ulong[bytes.Length / EntryBytes];
        var attempts = new byte[keys.Length];
        for (var index = 0; index < keys.Length; index++)
        {
            keys[index] = BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(index * EntryBytes));
            attempts[index] = bytes[(index * EntryBytes) + sizeof(ulong)];
        }

        return (keys, attempts);
    }
}
