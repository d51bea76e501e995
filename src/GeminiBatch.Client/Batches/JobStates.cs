using System.Globalization;

namespace GeminiBatch;

/// <summary>State names and numbers of both backends (protocol: 1.5, 3.4).</summary>
internal static class JobStates
{
    // Numbers of the Developer API's enum.
    private static readonly GeminiBatchState[] DeveloperNumbers =
    [
        GeminiBatchState.Unknown, GeminiBatchState.Pending, GeminiBatchState.Running, GeminiBatchState.Succeeded,
        GeminiBatchState.Failed, GeminiBatchState.Cancelled, GeminiBatchState.Expired,
    ];

    // Numbers of Vertex AI's enum, as its resource definition gives them.
    private static readonly GeminiBatchState[] VertexNumbers =
    [
        GeminiBatchState.Unknown, GeminiBatchState.Queued, GeminiBatchState.Pending, GeminiBatchState.Running, GeminiBatchState.Succeeded, GeminiBatchState.Failed,
        GeminiBatchState.Cancelling, GeminiBatchState.Cancelled, GeminiBatchState.Paused, GeminiBatchState.Expired, GeminiBatchState.Updating, GeminiBatchState.PartiallySucceeded,
    ];

    /// <summary>Takes <c>BATCH_STATE_x</c>, <c>JOB_STATE_x</c>, <c>x</c> and the number; anything else is unknown.</summary>
    internal static GeminiBatchState ReadDeveloper(string raw) => Read(raw, DeveloperNumbers);

    /// <summary>Takes <c>JOB_STATE_x</c>, <c>x</c> and the number; anything else is unknown.</summary>
    internal static GeminiBatchState ReadVertex(string raw) => Read(raw, VertexNumbers);

    private static GeminiBatchState Read(string raw, GeminiBatchState[] numbers) =>
        int.TryParse(raw, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number < numbers.Length ? numbers[number] : GeminiBatchState.Unknown
            : ReadName(raw);

    internal static GeminiBatchState ReadName(string raw)
    {
        string name = raw.ToUpperInvariant();
        foreach (string prefix in (ReadOnlySpan<string>)["BATCH_STATE_", "JOB_STATE_"])
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal))
            {
                name = name[prefix.Length..];
            }
        }

        return name switch
        {
            "QUEUED" => GeminiBatchState.Queued,
            "PENDING" => GeminiBatchState.Pending,
            "RUNNING" or "ACTIVE" => GeminiBatchState.Running,
            "SUCCEEDED" => GeminiBatchState.Succeeded,
            "PARTIALLY_SUCCEEDED" => GeminiBatchState.PartiallySucceeded,
            "FAILED" => GeminiBatchState.Failed,
            "CANCELLING" => GeminiBatchState.Cancelling,
            "CANCELLED" => GeminiBatchState.Cancelled,
            "EXPIRED" => GeminiBatchState.Expired,
            "PAUSED" => GeminiBatchState.Paused,
            "UPDATING" => GeminiBatchState.Updating,
            _ => GeminiBatchState.Unknown,
        };
    }

    internal static bool IsTerminal(GeminiBatchState state, bool hasResults) => state switch
    {
        GeminiBatchState.Succeeded or GeminiBatchState.PartiallySucceeded => hasResults,
        GeminiBatchState.Failed or GeminiBatchState.Cancelled or GeminiBatchState.Expired or GeminiBatchState.Paused => true,
        _ => false,
    };
}
