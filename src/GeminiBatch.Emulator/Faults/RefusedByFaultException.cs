namespace GeminiBatch.Emulator;

/// <summary>A fault answers in the call's place.</summary>
internal sealed class RefusedByFaultException(ApiReply reply) : Exception
{
    public ApiReply Reply { get; } = reply;
}
