using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace GeminiBatch;

/// <summary>Registers the client of the Gemini Developer API in a container.</summary>
public static class DeveloperApiServiceCollectionExtensions
{
    private const string HttpClientName = "GeminiBatch.DeveloperApi";

    /// <summary>
    /// Registers a <see cref="DeveloperApiClient"/> as a singleton on <see cref="IHttpClientFactory"/>. Its options are validated when the host starts: without a
    /// key in options or environment it does not start.
    /// </summary>
    /// <param name="services">The container's services.</param>
    /// <param name="configure">Sets options; null takes everything from the environment.</param>
    /// <returns>The builder of its HTTP client, for handlers and proxies.</returns>
    public static IHttpClientBuilder AddDeveloperApiClient(this IServiceCollection services, Action<DeveloperApiOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(provider => Create(provider, Options.DefaultName, HttpClientName));
        return AddParts(services, Options.DefaultName, HttpClientName, configure);
    }

    /// <summary>Registers a further <see cref="DeveloperApiClient"/> under a key, with options of that name.</summary>
    /// <param name="services">The container's services.</param>
    /// <param name="name">Service key and options name.</param>
    /// <param name="configure">Sets options; null takes everything from the environment.</param>
    /// <returns>The builder of its HTTP client, for handlers and proxies.</returns>
    public static IHttpClientBuilder AddDeveloperApiClient(this IServiceCollection services, string name, Action<DeveloperApiOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(name);
        string httpName = $"{HttpClientName}.{name}";
        services.TryAddKeyedSingleton(name, (provider, _) => Create(provider, name, httpName));
        return AddParts(services, name, httpName, configure);
    }

    private static IHttpClientBuilder AddParts(IServiceCollection services, string optionsName, string httpName, Action<DeveloperApiOptions>? configure)
    {
        OptionsBuilder<DeveloperApiOptions> options = services.AddOptions<DeveloperApiOptions>(optionsName);
        if (configure is not null)
        {
            options.Configure(configure);
        }

        options.ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<DeveloperApiOptions>, DeveloperApiOptionsValidator>());
        return services.AddHttpClient(httpName, static http => http.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(static () => SharedConnections.CreateHandler());
    }

    private static DeveloperApiClient Create(IServiceProvider provider, string optionsName, string httpName)
    {
        IHttpClientFactory factory = provider.GetRequiredService<IHttpClientFactory>();
        return new DeveloperApiClient(
            () => factory.CreateClient(httpName),
            provider.GetRequiredService<IOptionsMonitor<DeveloperApiOptions>>().Get(optionsName),
            provider.GetService<TimeProvider>(),
            provider.GetService<ILoggerFactory>());
    }
}
