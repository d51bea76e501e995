using System.Buffers;

namespace GeminiBatch;

/// <summary>What the syntax machine made of a text: nodes in pooled arrays, mended text in an arena, repairs as they happened.</summary>
internal sealed class AnswerTree : IDisposable
{
    // Rubble can need a repair per byte; a reader of the report has seen enough long before.
    private const int MostRepairs = 10_000;

    // What a thread keeps for its next answer; larger arrays go back to where they came from.
    private const int MostKept = 1024;

    private const int StepsBetweenLooks = 256;

    [ThreadStatic]
    private static AnswerTree? s_spare;

    private AnswerNode[] _nodes = [];
    private byte[] _arena = [];
    private SyntaxRepair[] _repairs = [];
    private int _arenaLength;
    private int _steps;

    private AnswerTree()
    {
    }

    public int Count { get; private set; }

    /// <summary>How many nodes the rented memory holds.</summary>
    public int Capacity => _nodes.Length;

    public int RepairCount { get; private set; }

    public ref AnswerNode this[int node] => ref _nodes[node];

    public ReadOnlySpan<SyntaxRepair> Repairs => _repairs.AsSpan(0, RepairCount);

    public int ArenaLength => _arenaLength;

    /// <summary>What ends the work on this tree before its time.</summary>
    public CancellationToken Cancellation { get; private set; }

    /// <summary>An empty tree, with the arrays of one that was disposed on this thread.</summary>
    public static AnswerTree Rent(CancellationToken cancellation)
    {
        AnswerTree tree = s_spare ?? new AnswerTree();
        s_spare = null;
        tree.Cancellation = cancellation;
        return tree;
    }

    /// <summary>Counts a step of the work, and every so often looks whether it is still wanted.</summary>
    /// <exception cref="OperationCanceledException">It is not.</exception>
    public void Step()
    {
        if (++_steps % StepsBetweenLooks == 0)
        {
            Cancellation.ThrowIfCancellationRequested();
        }
    }

    public int Add(NodeKind kind, int start)
    {
        if (Count == _nodes.Length)
        {
            Grow(ref _nodes, Count);
        }

        _nodes[Count] = new AnswerNode { Kind = kind, Start = start, End = start, NamedBy = -1, Field = -1, Parent = -1, Next = -1, First = -1, Last = -1 };
        return Count++;
    }

    public void Link(int parent, int child)
    {
        ref AnswerNode owner = ref _nodes[parent];
        _nodes[child].Parent = parent;
        _nodes[child].Ordinal = owner.Count++;
        if (owner.Last < 0)
        {
            owner.First = child;
        }
        else
        {
            _nodes[owner.Last].Next = child;
        }

        owner.Last = child;
    }

    public void Report(AnswerRepairKind kind, int node, int start, int length, string? note = null)
    {
        if (RepairCount > 0)
        {
            // A run of equal repairs at one place, such as a thousand stray commas, is one repair.
            ref SyntaxRepair last = ref _repairs[RepairCount - 1];
            if (last.Kind == kind && last.Node == node && last.Note == note && start >= last.Start && start <= last.Start + last.Length)
            {
                last.Length = Math.Max(last.Length, start + length - last.Start);
                return;
            }
        }

        if (RepairCount == MostRepairs)
        {
            return;
        }

        if (RepairCount == _repairs.Length)
        {
            Grow(ref _repairs, RepairCount);
        }

        _repairs[RepairCount++] = new SyntaxRepair { Kind = kind, Node = node, Start = start, Length = length, Note = note };
    }

    /// <summary>Repairs made since a mark while a value was read belong to that value.</summary>
    public void Own(int since, int owner, int node)
    {
        for (int i = since; i < RepairCount; i++)
        {
            if (_repairs[i].Node == owner)
            {
                _repairs[i].Node = node;
            }
        }
    }

    /// <summary>Forgets what a failed attempt added.</summary>
    public void Rewind(int nodes, int repairs)
    {
        Count = nodes;
        RepairCount = repairs;
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_arena.AsSpan(_arenaLength));
        _arenaLength += bytes.Length;
    }

    public void Append(byte value)
    {
        Reserve(1);
        _arena[_arenaLength++] = value;
    }

    public Span<byte> Arena(int start, int length) => _arena.AsSpan(start, length);

    public void CutArena(int length) => _arenaLength = length;

    public ReadOnlySpan<byte> Text(int node, ReadOnlySpan<byte> source)
    {
        ref AnswerNode value = ref _nodes[node];
        return value.Has(NodeFlags.TextInArena) ? _arena.AsSpan(value.TextStart, value.TextLength) : source.Slice(value.TextStart, value.TextLength);
    }

    public ReadOnlySpan<byte> Name(int node, ReadOnlySpan<byte> source)
    {
        ref AnswerNode value = ref _nodes[node];
        return value.Has(NodeFlags.NameInArena) ? _arena.AsSpan(value.NameStart, value.NameLength) : source.Slice(value.NameStart, value.NameLength);
    }

    public void Dispose()
    {
        // A tree that was rented while another one was in use leaves the place to it.
        int mostKept = s_spare is null ? MostKept : 0;
        ReleaseLarger(ref _nodes, mostKept);
        ReleaseLarger(ref _arena, mostKept);
        ReleaseLarger(ref _repairs, mostKept);
        (Count, RepairCount, _arenaLength, _steps) = (0, 0, 0, 0);
        Cancellation = default;
        s_spare ??= this;
    }

    private static void ReleaseLarger<TItem>(ref TItem[] items, int length)
    {
        if (items.Length > length)
        {
            Release(ref items);
        }
    }

    private void Reserve(int length)
    {
        while (_arenaLength + length > _arena.Length)
        {
            Grow(ref _arena, _arenaLength, length);
        }
    }

    private static void Grow<TItem>(ref TItem[] items, int used, int more = 0)
    {
        TItem[] larger = ArrayPool<TItem>.Shared.Rent(Math.Max(64, Math.Max(used * 2, used + more)));
        Array.Copy(items, larger, used);
        Release(ref items);
        items = larger;
    }

    private static void Release<TItem>(ref TItem[] items)
    {
        if (items.Length > 0)
        {
            ArrayPool<TItem>.Shared.Return(items, clearArray: System.Runtime.CompilerServices.RuntimeHelpers.IsReferenceOrContainsReferences<TItem>());
        }

        items = [];
    }
}

/// <summary>A repair of the text at or in a node.</summary>
internal struct SyntaxRepair
{
    public AnswerRepairKind Kind;
    public int Node;
    public int Start;
    public int Length;
    public string? Note;
}
