using Microsoft.Extensions.DependencyInjection;

namespace GeminiBatch;

/// <summary>Registers the client of the Gemini Developer API.</summary>
public static class DeveloperApiServiceCollectionExtensions
{
    /// <summary>Registers a <see cref="DeveloperApiClient"/>.</summary>
    public static IHttpClientBuilder AddDeveloperApiClient(this IServiceCollection services, Action<DeveloperApiOptions>? configure = null) => throw new NotImplementedException();

    /// <summary>Registers a keyed <see cref="DeveloperApiClient"/>.</summary>
    public static IHttpClientBuilder AddDeveloperApiClient(this IServiceCollection services, string name, Action<DeveloperApiOptions>? configure = null) => throw new NotImplementedException();
}
