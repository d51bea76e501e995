using System.Collections.Concurrent;

namespace GeminiBatch;

/// <summary>The right to change a run. Every write checks and renews it; it ends by release, by expiry or with its process.</summary>
internal sealed class RunLease : IAsyncDisposable
{
    // Handles of this process: a lease of our own process that is not among them was left behind by a handle that is gone.
    private static readonly ConcurrentDictionary<string, byte> s_alive = new(StringComparer.Ordinal);

    private readonly LedgerDatabase _ledger;
    private readonly TimeProvider _timeProvider;
    private readonly long _run;
    private readonly string _runName;
    private readonly string _owner;
    private readonly ITimer _renewal;
    private long _until;

    private RunLease(LedgerDatabase ledger, TimeProvider timeProvider, long run, string runName, string owner)
    {
        _ledger = ledger;
        _timeProvider = timeProvider;
        _run = run;
        _runName = runName;
        _owner = owner;
        _until = Until(ledger, timeProvider);
        var period = ledger.Options.LeaseTime / 3;

        // Long uploads and downloads write nothing for a while.
        _renewal = timeProvider.CreateTimer(static state => ((RunLease)state!).RenewInBackground(), this, period, period);
    }

    public static Task<RunLease> TakeAsync(LedgerDatabase ledger, TimeProvider timeProvider, long run, string runName, CancellationToken cancellationToken) =>
        TakeAsync(ledger, timeProvider, runName, _ => run, cancellationToken);

    /// <summary>Takes a run in the transaction in which it is found, so that no other program changes or removes it in between.</summary>
    public static async Task<RunLease> TakeAsync(LedgerDatabase ledger, TimeProvider timeProvider, string runName, Func<LedgerConnection, long> find, CancellationToken cancellationToken)
    {
        var owner = Guid.NewGuid().ToString("N");
        s_alive.TryAdd(owner, 0);
        try
        {
            var run = await ledger.WriteAsync(
                connection =>
                {
                    var found = find(connection);
                    Refuse(connection, timeProvider, found, runName);
                    var holder = LeaseHolder.Current;
                    return connection.Execute(
                        "UPDATE runs SET owner = $2, owner_host = $3, owner_process = $4, owner_started = $5, owner_until = $6 WHERE id = $1",
                        found, owner, holder.Host, holder.Process, holder.StartedAt, Until(ledger, timeProvider)) == 1
                            ? found
                            : throw RunOpening.NotFound(ledger, runName);
                },
                cancellationToken).ConfigureAwait(false);
            return new(ledger, timeProvider, run, runName, owner);
        }
        catch
        {
            s_alive.TryRemove(owner, out _);
            throw;
        }
    }

    /// <summary>Whether a living program holds a lease on the run.</summary>
    public static bool IsHeld(LedgerConnection connection, TimeProvider timeProvider, long run) => Holder(connection, timeProvider, run) is not null;

    /// <summary>The living program that holds a lease on the run, in words.</summary>
    public static string? HeldBy(LedgerConnection connection, TimeProvider timeProvider, long run) =>
        Holder(connection, timeProvider, run) is { } holder ? Describe(holder) : null;

    /// <summary>Fails when so much time has passed since the last renewal that another program may have taken the run.</summary>
    public void RequireCurrent()
    {
        if (LedgerTime.Now(_timeProvider) >= Interlocked.Read(ref _until))
        {
            throw Lost();
        }
    }

    /// <summary>Fails the transaction when the run has gone to another program, and renews the lease otherwise.</summary>
    public void Guard(LedgerConnection connection)
    {
        var until = Until(_ledger, _timeProvider);
        if (connection.Execute("UPDATE runs SET owner_until = $3 WHERE id = $1 AND owner = $2", _run, _owner, until) == 0)
        {
            throw Lost();
        }

        Interlocked.Exchange(ref _until, until);
    }

    private RunRefusedException Lost() => new(
        _runName,
        RunRefusal.InUse,
        $"Another program may drive the run '{_runName}' by now: this one had not been heard of for {_ledger.Options.LeaseTime.TotalSeconds:0} s. It goes on there, or here when it is driven again.");

    /// <summary>Forgets the lease as a crash would, for tests.</summary>
    internal void Abandon()
    {
        _renewal.Dispose();
        s_alive.TryRemove(_owner, out _);
    }

    public async ValueTask DisposeAsync()
    {
        await _renewal.DisposeAsync().ConfigureAwait(false);
        if (s_alive.TryRemove(_owner, out _))
        {
            try
            {
                await _ledger.WriteAsync(
                    connection => connection.Execute("UPDATE runs SET owner = NULL, owner_until = NULL WHERE id = $1 AND owner = $2", _run, _owner),
                    CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception error) when (error is LedgerException or ObjectDisposedException)
            {
                // The lease then ends by itself; what went wrong with the ledger has been or will be told by a write that matters.
            }
        }
    }

    private static void Refuse(LedgerConnection connection, TimeProvider timeProvider, long run, string runName)
    {
        if (Holder(connection, timeProvider, run) is { } holder)
        {
            throw new RunRefusedException(runName, RunRefusal.InUse, $"The run '{runName}' is driven by {Describe(holder)}. Wait for it, end it, or use another run or ledger.");
        }
    }

    private static string Describe(LeaseHolder holder) =>
        $"process {holder.Process} {(string.Equals(holder.Machine, Environment.MachineName, StringComparison.Ordinal) ? "on this machine" : $"on '{holder.Machine}'")}";

    private static LeaseHolder? Holder(LedgerConnection connection, TimeProvider timeProvider, long run)
    {
        using var reader = connection.Query("SELECT owner, owner_host, owner_process, owner_started, owner_until FROM runs WHERE id = $1 AND owner IS NOT NULL", run);
        if (!reader.Read() || reader.GetInt64(4) <= LedgerTime.Now(timeProvider))
        {
            return null;
        }

        var holder = new LeaseHolder(reader.GetString(1), reader.GetInt32(2), reader.GetInt64(3));
        var isOurProcess = holder == LeaseHolder.Current;
        return (isOurProcess ? !s_alive.ContainsKey(reader.GetString(0)) : holder.IsDead()) ? null : holder;
    }

    private static long Until(LedgerDatabase ledger, TimeProvider timeProvider) => LedgerTime.Now(timeProvider) + LedgerTime.Milliseconds(ledger.Options.LeaseTime);

    private async void RenewInBackground()
    {
        try
        {
            await _ledger.WriteAsync(Guard, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception error) when (error is LedgerException or RunRefusedException or ObjectDisposedException)
        {
            // The next write of a stage meets the same and stops the run with it.
        }
    }
}
