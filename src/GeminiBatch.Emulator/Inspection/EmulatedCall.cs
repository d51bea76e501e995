namespace GeminiBatch;

/// <summary>One call that the emulator answered.</summary>
/// <param name="Operation">What was asked.</param>
/// <param name="Name">The logical name that faults are keyed by; empty where the operation has none.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path, without the query, which may carry a key.</param>
/// <param name="Status">The HTTP status answered; 0 when the connection was cut by a fault.</param>
/// <param name="Time">When it arrived, by the emulator's clock.</param>
public sealed record EmulatedCall(EmulatedOperation Operation, string Name, string Method, string Path, int Status, DateTimeOffset Time);
