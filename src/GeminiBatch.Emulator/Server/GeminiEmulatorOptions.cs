using System.Text.Json.Nodes;

namespace GeminiBatch;

/// <summary>How a <see cref="GeminiEmulator"/> behaves. Every default gives a quick, clean and repeatable server.</summary>
public sealed record GeminiEmulatorOptions
{
    /// <summary>The TCP port on 127.0.0.1; 0 lets the system choose a free one.</summary>
    public int Port { get; init; }

    /// <summary>
    /// The folder that holds everything the emulator knows. A later emulator on the same folder continues where this one ended, however it
    /// ended. Null means a temporary folder that is deleted on dispose.
    /// </summary>
    public string? StateFolder { get; init; }

    /// <summary>The seed of everything random: row order, member order, noise, identifiers. Same seed and same requests give the same result bytes.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The clock that moves jobs and lets files expire.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>How long a job is in BATCH_STATE_PENDING. Default 1 second.</summary>
    public TimeSpan PendingTime { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a job is in BATCH_STATE_RUNNING. Default 2 seconds. A job that is pending and running for 48 hours together expires (protocol: 1.5).</summary>
    public TimeSpan RunningTime { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long uploaded audio and video are PROCESSING (protocol: 1.6). A row that names such a file before is an error. Default 1 second.</summary>
    public TimeSpan ProcessingTime { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How messy the answers are. Default: not at all.</summary>
    public EmulatorNoise Noise { get; init; } = EmulatorNoise.None;

    /// <summary>What goes wrong, and at which call.</summary>
    public IReadOnlyList<EmulatedFault> Faults { get; init; } = [];

    /// <summary>The most bytes that the state folder may hold, so that a mistake cannot fill a disk. Default 20 GB, a project's storage (protocol: Files API).</summary>
    public long MaxStateBytes { get; init; } = 20_000_000_000;

    /// <summary>The largest file accepted, in bytes. Default 2 GB (protocol: Files API).</summary>
    public long MaxFileBytes { get; init; } = 2_147_483_648;

    /// <summary>What is answered where a score is asked for (a number field called <c>score</c>), by row key; the first pattern that fits counts. Rows that fit none are answered by the rules.</summary>
    public IReadOnlyList<EmulatedScore> JudgeScores { get; init; } = [];

    /// <summary>
    /// Answers instead of the built-in rules: gets the row's key (empty for a synchronous call) and its GenerateContentRequest, gives the answer's
    /// text, or null to let the rules answer. Noise is applied to its text as well. Must depend on nothing but its arguments, or results stop being repeatable.
    /// </summary>
    public Func<string, JsonObject, string?>? Answerer { get; init; }
}
