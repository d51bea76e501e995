using System.Text.Json;

namespace GeminiBatch;

/// <summary>The models that a key may use (protocol: 1.2, row 3). Reached through <see cref="DeveloperApiClient.Models"/>.</summary>
public sealed class DeveloperModels
{
    private readonly ApiTransport _transport;

    internal DeveloperModels(ApiTransport transport) => _transport = transport;

    /// <summary>Reads what the service says of a model.</summary>
    /// <param name="model">The model's id, with or without <c>models/</c>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="GeminiApiException">There is no such model (404), or the key may not see it.</exception>
    public async Task<GeminiModelDescription> GetAsync(string model, CancellationToken cancellationToken = default)
    {
        string name = ResourceName.Model(model);
        var call = new ApiCall($"Reading the model {name}", "models.get", HttpMethod.Get, _transport.Address("v1beta/" + name));
        using JsonDocument answer = await _transport.SendRepeatableAsync(call, cancellationToken).ConfigureAwait(false);
        return Read(answer.RootElement) ?? throw new UnreadableAnswerException($"The answer for {name} is no model.");
    }

    /// <summary>Lists all models.</summary>
    /// <param name="cancellationToken">Stops listing.</param>
    public IAsyncEnumerable<GeminiModelDescription> ListAsync(CancellationToken cancellationToken = default) =>
        PagedList.ReadAsync(_transport, "Listing the models", "models.list", "v1beta/models?pageSize=100", ["models"], Read, cancellationToken);

    private static GeminiModelDescription? Read(JsonElement model) => JsonRead.Text(model, "name") is not { } name ? null : new GeminiModelDescription
    {
        Name = name,
        DisplayName = JsonRead.Text(model, "displayName"),
        Version = JsonRead.Text(model, "version"),
        InputTokenLimit = JsonRead.Integer(model, "inputTokenLimit"),
        OutputTokenLimit = JsonRead.Integer(model, "outputTokenLimit"),
        SupportedMethods = JsonRead.Array(model, "supportedGenerationMethods") is { } methods
            ? [.. methods.EnumerateArray().Where(method => method.ValueKind == JsonValueKind.String).Select(method => method.GetString()!)]
            : [],
        Thinks = JsonRead.Boolean(model, "thinking"),
    };
}
