using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GeminiBatch;

/// <summary>Registers the pipeline.</summary>
public static class GeminiBatchServiceCollectionExtensions
{
    /// <summary>Registers a <see cref="BatchExtractor"/>. Name its backend and its ledger on the builder.</summary>
    /// <param name="services">The container.</param>
    /// <param name="configure">How runs are driven; validated when the host starts.</param>
    public static GeminiBatchBuilder AddGeminiBatch(this IServiceCollection services, Action<GeminiBatchOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddSingleton(static provider => new BatchExtractor(ExtractorFactory.Engine(provider, name: null)));
        return Builder(services, name: null, configure);
    }

    /// <summary>Registers one of several extractors under a key.</summary>
    /// <param name="services">The container.</param>
    /// <param name="name">The key, and the name of its options.</param>
    /// <param name="configure">How runs are driven.</param>
    public static GeminiBatchBuilder AddKeyedGeminiBatch(this IServiceCollection services, string name, Action<GeminiBatchOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(name);
        services.AddKeyedSingleton(name, static (provider, key) => new BatchExtractor(ExtractorFactory.Engine(provider, (string)key!)));
        return Builder(services, name, configure);
    }

    private static GeminiBatchBuilder Builder(IServiceCollection services, string? name, Action<GeminiBatchOptions>? configure)
    {
        OptionsChecks.Add(services, name ?? Options.DefaultName);
        var builder = new GeminiBatchBuilder(services, name);
        return configure is null ? builder : builder.Configure(configure);
    }
}
