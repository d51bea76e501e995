namespace GeminiBatch;

/// <summary>Which items one planning pass has met, and as which document of the stream: four bytes an item.</summary>
internal sealed class PassPositions
{
    private const int PageSize = 4096;
    private readonly Dictionary<long, int[]> _pages = [];

    /// <summary>The position at which the item was met before in this pass, or 0.</summary>
    public int Find(long item) => _pages.TryGetValue(item / PageSize, out var page) ? page[(int)(item % PageSize)] : 0;

    public void Add(long item, int position)
    {
        if (!_pages.TryGetValue(item / PageSize, out var page))
        {
            _pages.Add(item / PageSize, page = new int[PageSize]);
        }

        page[(int)(item % PageSize)] = position;
    }
}
