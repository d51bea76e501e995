using System.Text.Json;

namespace GeminiBatch;

/// <summary>Sends a creation exactly once and tells apart what is known to have failed from what may have made a job (protocol: 1.3, 9.1).</summary>
internal static class JobCreationCall
{
    internal static async Task<GeminiBatchJob> SendAsync(
        ApiTransport transport, ApiCall call, string displayName, string? inputFile, Func<JsonElement, GeminiBatchJob?> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            using JsonDocument answer = await transport.SendOnceAsync(call, cancellationToken).ConfigureAwait(false);
            return read(answer.RootElement) ?? throw new JobCreationUncertainException(displayName, inputFile, "the answer was no job");
        }
        catch (GeminiApiException exception) when (exception.HttpStatus is >= 500 or 408)
        {
            throw new JobCreationUncertainException(displayName, inputFile, $"the answer was {exception.HttpStatus} {exception.Status}", exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or TimeoutException or OperationCanceledException or FormatException)
        {
            throw new JobCreationUncertainException(displayName, inputFile, "no usable answer came", exception);
        }
    }
}
