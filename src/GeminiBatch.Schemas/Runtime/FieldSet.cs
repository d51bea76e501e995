using System.Runtime.CompilerServices;

namespace GeminiBatch.Runtime;

/// <summary>A set of fields of one object, without allocation for up to <see cref="Capacity"/> fields.</summary>
[InlineArray(Words)]
internal struct FieldSet
{
    public const int Capacity = Words * 64;
    private const int Words = 4;

    private ulong _first;

    public static FieldSet Where<T>(IReadOnlyList<T> fields, Func<T, bool> predicate)
    {
        var set = default(FieldSet);
        for (var i = 0; i < fields.Count; i++)
        {
            if (predicate(fields[i]))
            {
                set.Add(i);
            }
        }

        return set;
    }

    public readonly bool Contains(int field) => (this[field >> 6] & (1UL << (field & 63))) != 0;

    public bool Add(int field)
    {
        ref var word = ref this[field >> 6];
        var bit = 1UL << (field & 63);
        var isNew = (word & bit) == 0;
        word |= bit;
        return isNew;
    }

    public readonly bool Covers(in FieldSet others) =>
        (others[0] & ~this[0]) == 0 && (others[1] & ~this[1]) == 0 && (others[2] & ~this[2]) == 0 && (others[3] & ~this[3]) == 0;
}
