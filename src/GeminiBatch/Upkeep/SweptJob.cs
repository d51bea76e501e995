namespace GeminiBatch;

/// <summary>A job that carries the ledger's name, that runs, and that nothing in the ledger stands for.</summary>
/// <param name="Name">Its name at the backend.</param>
/// <param name="DisplayName">Its display name.</param>
/// <param name="State">Its state when it was found, in the backend's words.</param>
public sealed record SweptJob(string Name, string DisplayName, string State);
