namespace GeminiBatch;

/// <summary>Why a document that was read cannot be sent.</summary>
internal sealed record DocumentFailure(string Reason, string Message);
