using Microsoft.Extensions.Logging;

namespace GeminiBatch;

/// <summary>The pipeline's log messages. None carries a document's content, an answer or a key of an account.</summary>
internal static partial class RunLog
{
    [LoggerMessage(1, LogLevel.Information, "Run {Run}: planned {Documents} documents, {Pending} items pending")]
    public static partial void Planned(ILogger logger, string run, long documents, long pending);

    [LoggerMessage(2, LogLevel.Information, "Run {Run}: shard {Shard} staged, {Rows} rows, {Bytes} bytes")]
    public static partial void Staged(ILogger logger, string run, long shard, long rows, long bytes);

    [LoggerMessage(3, LogLevel.Information, "Run {Run}: job {Job} created for shard {Shard}")]
    public static partial void Created(ILogger logger, string run, string job, long shard);

    [LoggerMessage(4, LogLevel.Warning, "Run {Run}: the creation of a job for shard {Shard} had no answer; it is searched for before it is created again")]
    public static partial void Uncertain(ILogger logger, string run, long shard);

    [LoggerMessage(5, LogLevel.Information, "Run {Run}: job {Job} of a creation without an answer was found")]
    public static partial void Adopted(ILogger logger, string run, string job);

    [LoggerMessage(6, LogLevel.Warning, "Run {Run}: job {Job} is a second one of its shard and is cancelled")]
    public static partial void Twin(ILogger logger, string run, string job);

    [LoggerMessage(7, LogLevel.Warning, "Run {Run}: the backend refused a job for its quota; next try in {Delay}: {Message}")]
    public static partial void Postponed(ILogger logger, string run, TimeSpan delay, string message);

    [LoggerMessage(8, LogLevel.Information, "Run {Run}: job {Job} ended as {State}")]
    public static partial void Ended(ILogger logger, string run, string job, string state);

    [LoggerMessage(9, LogLevel.Information, "Run {Run}: job {Job} collected, {Lines} result rows, {Missing} missing, {Unknown} unknown, {Duplicates} duplicate")]
    public static partial void Collected(ILogger logger, string run, string job, long lines, long missing, long unknown, long duplicates);

    [LoggerMessage(10, LogLevel.Information, "Run {Run}: shard {Shard} settled, {Retried} rows to be retried, {Failed} failed")]
    public static partial void Settled(ILogger logger, string run, long shard, long retried, long failed);

    [LoggerMessage(11, LogLevel.Warning, "Run {Run}: {Operation} {Subject} failed and is tried again in {Delay}: {Message}")]
    public static partial void Retrying(ILogger logger, string run, string operation, long subject, TimeSpan delay, string message);

    [LoggerMessage(12, LogLevel.Warning, "Run {Run}: job {Job} is in state {State}, which is not known; waiting on")]
    public static partial void UnknownState(ILogger logger, string run, string job, string state);

    [LoggerMessage(15, LogLevel.Warning, "Run {Run}: {Rows} of {Of} rows of job {Job} failed for the backend's own trouble; sending is paused for {Pause}")]
    public static partial void Storm(ILogger logger, string run, string job, long rows, long of, TimeSpan pause);

    [LoggerMessage(16, LogLevel.Warning, "Run {Run}: job {Job} has not ended after {Age}, longer than the backend aims for")]
    public static partial void Slow(ILogger logger, string run, string job, TimeSpan age);

    [LoggerMessage(17, LogLevel.Warning, "Run {Run}: job {Job} has not ended by the deadline and is cancelled; its rows are sent again")]
    public static partial void Overdue(ILogger logger, string run, string job);

    [LoggerMessage(18, LogLevel.Warning, "Run {Run}: job {Job} was refused or failed for its content; shard {Shard} of {Rows} rows is halved")]
    public static partial void Halved(ILogger logger, string run, string job, long shard, long rows);

    [LoggerMessage(19, LogLevel.Warning, "Run {Run}: a medium of document row {Key} was refused: {Message}")]
    public static partial void ContentRefused(ILogger logger, string run, string key, string message);

    [LoggerMessage(13, LogLevel.Error, "The extraction worker of run {Run} stopped: {Message}")]
    public static partial void WorkerStopped(ILogger logger, string run, string message, Exception exception);

    [LoggerMessage(14, LogLevel.Information, "The extraction worker of run {Run} has delivered every result: {Succeeded} succeeded, {Failed} failed")]
    public static partial void WorkerCompleted(ILogger logger, string run, long succeeded, long failed);

    [LoggerMessage(20, LogLevel.Warning, "Run {Run}: the key {Account} reads the run's jobs as the key {Before} did; the run is bound to it from now on")]
    public static partial void KeyFollowed(ILogger logger, string run, string before, string account);
}
