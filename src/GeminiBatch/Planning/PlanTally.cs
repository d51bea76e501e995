namespace GeminiBatch;

/// <summary>What one chunk changes in the run's counts; written by the same transaction.</summary>
internal sealed class PlanTally
{
    private long _rows;
    private long _pending;
    private long _succeeded;
    private long _failed;
    private long _superseded;

    public bool IsEmpty => (_rows | _pending | _succeeded | _failed | _superseded) == 0;

    public void AddRow() => _rows++;

    public void AddItem(RowState state) => Change(state, 1);

    public void Supersede(RowState state)
    {
        Change(state, -1);
        _superseded++;
    }

    public void Write(LedgerConnection connection, long run, long spoolLength) => connection.Execute(
        """
        UPDATE runs SET rows = rows + $2, pending = pending + $3, succeeded = succeeded + $4, failed = failed + $5, superseded = superseded + $6,
            items = items + $3 + $4 + $5, spool_length = $7, planned_at = NULL WHERE id = $1
        """,
        run, _rows, _pending, _succeeded, _failed, _superseded, spoolLength);

    private void Change(RowState state, int by)
    {
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
