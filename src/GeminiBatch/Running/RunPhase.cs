namespace GeminiBatch;

/// <summary>What a run is doing.</summary>
public enum RunPhase
{
    /// <summary>Nothing: no program drives it.</summary>
    Idle,

    /// <summary>Reading documents and packing rows.</summary>
    Planning,

    /// <summary>Rendering, uploading and creating jobs.</summary>
    Submitting,

    /// <summary>Waiting for jobs at the backend.</summary>
    Waiting,

    /// <summary>Reading result rows.</summary>
    Collecting,

    /// <summary>Deciding on retries.</summary>
    Settling,

    /// <summary>Every item has ended.</summary>
    Completed,
}
