using Microsoft.Extensions.DependencyInjection;

namespace GeminiBatch;

/// <summary>Registers the pipeline.</summary>
public static class GeminiBatchServiceCollectionExtensions
{
    /// <summary>Registers a <see cref="BatchExtractor"/>. Name its backend and its ledger on the builder.</summary>
    /// <param name="services">The container.</param>
    /// <param name="configure">How runs are driven; validated when the host starts.</param>
    public static GeminiBatchBuilder AddGeminiBatch(this IServiceCollection services, Action<GeminiBatchOptions>? configure = null) => throw new NotImplementedException();

    /// <summary>Registers one of several extractors under a key.</summary>
    /// <param name="services">The container.</param>
    /// <param name="name">The key, and the name of its options.</param>
    /// <param name="configure">How runs are driven.</param>
    public static GeminiBatchBuilder AddKeyedGeminiBatch(this IServiceCollection services, string name, Action<GeminiBatchOptions>? configure = null) => throw new NotImplementedException();
}
