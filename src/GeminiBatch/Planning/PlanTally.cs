namespace GeminiBatch;

/// <summary>What one chunk changes in the run's counts; written by the same transaction.</summary>
internal sealed class PlanTally(LedgerConnection connection, long run)
{
    private long? _sequence;
    private long _rows;
    private long _pending;
    private long _succeeded;
    private long _failed;
    private long _superseded;
    private long _cached;
    private long _settled;
    private bool _hasMoved;

    public bool IsEmpty => !_hasMoved && (_rows | _pending | _succeeded | _failed | _superseded | _cached) == 0;

    /// <summary>The place of the next row that ends while it is planned.</summary>
    public long NextSequence => (_sequence ??= connection.Number("SELECT settled_sequence FROM runs WHERE id = $1", run)!.Value) + _settled + 1;

    public void AddRow(bool isSettled)
    {
        _rows++;
        _settled += isSettled ? 1 : 0;
    }

    /// <summary>A known row is in another place of the spool.</summary>
    public void Move() => _hasMoved = true;

    public void AddItem(RowState state, bool isCached) => Change(state, isCached, 1);

    public void Supersede(RowState state, bool isCached)
    {
        Change(state, isCached, -1);
        _superseded++;
    }

    /// <summary>Items of a row that had failed and is pending again.</summary>
    public void Revive(long items)
    {
        _failed -= items;
        _pending += items;
    }

    public void Write(long spoolLength) => connection.Execute(
        """
        UPDATE runs SET rows = rows + $2, pending = pending + $3, succeeded = succeeded + $4, failed = failed + $5, superseded = superseded + $6,
            items = items + $3 + $4 + $5, cached = cached + $7, settled_sequence = settled_sequence + $8, spool_length = $9, planned_at = NULL WHERE id = $1
        """,
        run, _rows, _pending, _succeeded, _failed, _superseded, _cached, _settled, spoolLength);

    private void Change(RowState state, bool isCached, int by)
    {
        _cached += isCached ? by : 0;
        switch (state)
        {
            case RowState.Succeeded:
                _succeeded += by;
                break;
            case RowState.Failed:
                _failed += by;
                break;
            default:
                _pending += by;
                break;
        }
    }
}
