using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace GeminiBatch;

/// <summary>Registers the client of Vertex AI in a container.</summary>
public static class VertexAIServiceCollectionExtensions
{
    private const string HttpClientName = "GeminiBatch.VertexAI";

    /// <summary>
    /// Registers a <see cref="VertexAIClient"/> as a singleton on <see cref="IHttpClientFactory"/>. Its options are validated when the host starts; without
    /// <see cref="VertexAIOptions.AccessTokens"/> the container's <see cref="IAccessTokenSource"/> is taken.
    /// </summary>
    /// <param name="services">The container's services.</param>
    /// <param name="configure">Sets options; null takes everything from the environment.</param>
    /// <returns>The builder of its HTTP client, for handlers and proxies.</returns>
    public static IHttpClientBuilder AddVertexAIClient(this IServiceCollection services, Action<VertexAIOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(provider => Create(provider, Options.DefaultName, HttpClientName));
        return AddParts(services, Options.DefaultName, HttpClientName, configure);
    }

    /// <summary>Registers a further <see cref="VertexAIClient"/> under a key, with options of that name.</summary>
    /// <param name="services">The container's services.</param>
    /// <param name="name">Service key and options name.</param>
    /// <param name="configure">Sets options; null takes everything from the environment.</param>
    /// <returns>The builder of its HTTP client, for handlers and proxies.</returns>
    public static IHttpClientBuilder AddVertexAIClient(this IServiceCollection services, string name, Action<VertexAIOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(name);
        string httpName = $"{HttpClientName}.{name}";
        services.TryAddKeyedSingleton(name, (provider, _) => Create(provider, name, httpName));
        return AddParts(services, name, httpName, configure);
    }

    private static IHttpClientBuilder AddParts(IServiceCollection services, string optionsName, string httpName, Action<VertexAIOptions>? configure)
    {
        OptionsBuilder<VertexAIOptions> options = services.AddOptions<VertexAIOptions>(optionsName);
        if (configure is not null)
        {
            options.Configure(configure);
        }

        options.PostConfigure<IServiceProvider>(static (settings, provider) => settings.AccessTokens ??= provider.GetService<IAccessTokenSource>());
        options.ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<VertexAIOptions>, VertexAIOptionsValidator>());
        return services.AddHttpClient(httpName, static http => http.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(static () => SharedConnections.CreateHandler());
    }

    private static VertexAIClient Create(IServiceProvider provider, string optionsName, string httpName)
    {
        IHttpClientFactory factory = provider.GetRequiredService<IHttpClientFactory>();
        return new VertexAIClient(
            () => factory.CreateClient(httpName),
            provider.GetRequiredService<IOptionsMonitor<VertexAIOptions>>().Get(optionsName),
            provider.GetService<TimeProvider>(),
            provider.GetService<ILoggerFactory>());
    }
}
