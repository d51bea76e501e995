using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace GeminiBatch;

/// <summary>Makes an extractor's parts from a container.</summary>
internal static class ExtractorFactory
{
    public static ExtractionEngine Engine(IServiceProvider services, string? name)
    {
        name ??= Options.DefaultName;
        var setup = services.GetRequiredService<IOptionsMonitor<ExtractorSetup>>().Get(name);
        return new(
            services.GetRequiredService<IOptionsMonitor<SqliteLedgerOptions>>().Get(name),
            services.GetRequiredService<IOptionsMonitor<GeminiBatchOptions>>().Get(name),
            () => setup.Backend!(services),
            services.GetService<GeminiCatalogue>() ?? GeminiCatalogue.Default,
            setup.Time ?? services.GetService<TimeProvider>() ?? TimeProvider.System,
            services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance)
        {
            Splitter = setup.Splitter?.Invoke(services),
        };
    }
}
