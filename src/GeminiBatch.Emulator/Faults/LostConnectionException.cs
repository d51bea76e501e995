namespace GeminiBatch.Emulator;

/// <summary>A fault cuts the connection here.</summary>
internal sealed class LostConnectionException : Exception;
