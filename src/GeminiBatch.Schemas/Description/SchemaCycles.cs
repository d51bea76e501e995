namespace GeminiBatch;

/// <summary>Finds the fields at which a graph of types must be allowed to end, because their types lead back to the object that holds them.</summary>
internal sealed class SchemaCycles
{
    private readonly IReadOnlyList<IReadOnlyList<Edge>> _edges;
    private readonly HashSet<(int Type, int Field)> _recursive = [];
    private readonly HashSet<int> _closed = [];
    private readonly List<(int Type, Edge Way)> _path = [];

    /// <param name="edges">The ways out of every type, by index.</param>
    public SchemaCycles(IReadOnlyList<IReadOnlyList<Edge>> edges) => _edges = edges;

    /// <summary>The fields found. Without them no type leads back to itself.</summary>
    public IReadOnlyCollection<(int Type, int Field)> Recursive => _recursive;

    /// <summary>A field on a cycle that nothing on it can end; null when every cycle has an end.</summary>
    public (int Type, int Field)? Endless { get; private set; }

    /// <summary>Marks fields until no cycle is left, or finds an endless one.</summary>
    public SchemaCycles Find()
    {
        int before;
        do
        {
            before = _recursive.Count;
            _closed.Clear();
            for (var type = 0; type < _edges.Count && Endless is null; type++)
            {
                Visit(type);
            }
        }
        while (_recursive.Count > before && Endless is null);

        return this;
    }

    private void Visit(int type)
    {
        if (_closed.Contains(type))
        {
            return;
        }

        foreach (var edge in _edges[type])
        {
            if (Endless is not null || _recursive.Contains((type, edge.Field)))
            {
                continue;
            }

            _path.Add((type, edge));
            var start = _path.FindIndex(step => step.Type == edge.Target);
            if (start < 0)
            {
                Visit(edge.Target);
            }
            else
            {
                MarkEnd(start);
            }

            _path.RemoveAt(_path.Count - 1);
        }

        _closed.Add(type);
    }

    /// <summary>The cycle ends at the last field on it that can end.</summary>
    private void MarkEnd(int start)
    {
        for (var i = _path.Count - 1; i >= start; i--)
        {
            var (type, way) = _path[i];
            if (way.CanEnd)
            {
                _recursive.Add((type, way.Field));
                return;
            }
        }

        var last = _path.FindLastIndex(static step => step.Way.Field >= 0);
        Endless = (_path[Math.Max(last, start)].Type, _path[Math.Max(last, start)].Way.Field);
    }

    /// <summary>A way from one type to another.</summary>
    /// <param name="Target">The type it leads to.</param>
    /// <param name="Field">The field it goes through; -1 from a list, map or union to what it holds.</param>
    /// <param name="CanEnd">Whether a value without what follows is complete: a field that may be null, empty or left out.</param>
    internal readonly record struct Edge(int Target, int Field, bool CanEnd);
}
