using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GeminiBatch;

/// <summary>Checks options when the host starts, each with a line that says what to do.</summary>
internal static class OptionsChecks
{
    public static void Add(IServiceCollection services, string name)
    {
        services.AddOptions<ExtractorSetup>(name)
            .Validate(static setup => setup.Backend is not null, "No backend is named. Call UseDeveloperApi(…) or UseVertexAI(…) on the builder that AddGeminiBatch returns.")
            .Validate(static setup => setup.HasLedger, "No ledger is named. Call UseSqliteLedger(\"name.db\") on the builder that AddGeminiBatch returns.")
            .ValidateOnStart();
        services.AddOptions<SqliteLedgerOptions>(name)
            .Validate(static options => !string.IsNullOrWhiteSpace(options.Path), "SqliteLedgerOptions.Path is empty. Name a file for the ledger.")
            .Validate(static options => options.MaxPageCount is null or > 0, "SqliteLedgerOptions.MaxPageCount has to be positive, or null for no limit.")
            .Validate(static options => options.BusyTimeout > TimeSpan.Zero, "SqliteLedgerOptions.BusyTimeout has to be positive.")
            .Validate(static options => options.LeaseTime >= TimeSpan.FromSeconds(1), "SqliteLedgerOptions.LeaseTime has to be one second or more.")
            .ValidateOnStart();
        services.AddOptions<GeminiBatchOptions>(name)
            .Validate(static options => options.InitialPollInterval > TimeSpan.Zero, "GeminiBatchOptions.InitialPollInterval has to be positive.")
            .Validate(static options => options.MaxPollInterval >= options.InitialPollInterval, "GeminiBatchOptions.MaxPollInterval has to be at least InitialPollInterval.")
            .Validate(static options => options.ReconcileQuietPeriod >= TimeSpan.Zero, "GeminiBatchOptions.ReconcileQuietPeriod cannot be negative.")
            .Validate(static options => options.ReconcileInterval > TimeSpan.Zero, "GeminiBatchOptions.ReconcileInterval has to be positive.")
            .Validate(static options => options.CreationBackoff > TimeSpan.Zero && options.MaxCreationBackoff >= options.CreationBackoff, "GeminiBatchOptions.CreationBackoff has to be positive and at most MaxCreationBackoff.")
            .Validate(static options => options.RetryInterval > TimeSpan.Zero, "GeminiBatchOptions.RetryInterval has to be positive.")
            .Validate(static options => options.MaxConsecutiveErrors > 0, "GeminiBatchOptions.MaxConsecutiveErrors has to be positive.")
            .Validate(static options => options.MaxShardRows is null or > 0, "GeminiBatchOptions.MaxShardRows has to be positive, or null for the backend's limit.")
            .Validate(static options => options.MaxShardBytes is null or > 0, "GeminiBatchOptions.MaxShardBytes has to be positive, or null for the backend's limit.")
            .Validate(static options => options.MaxConcurrentJobs is null or > 0, "GeminiBatchOptions.MaxConcurrentJobs has to be positive, or null for the backend's limit.")
            .Validate(static options => options.MaxConcurrentUploads > 0, "GeminiBatchOptions.MaxConcurrentUploads has to be positive.")
            .Validate(static options => options.Tier is null or (>= 1 and <= 3), "GeminiBatchOptions.Tier has to be 1, 2 or 3, or null when it is not known.")
            .Validate(static options => options.StormPause > TimeSpan.Zero, "GeminiBatchOptions.StormPause has to be positive.")
            .Validate(static options => options.StopAfterFailures is null or > 0, "GeminiBatchOptions.StopAfterFailures has to be positive, or null for never.")
            .Validate(static options => options.JobDeadline is null || options.JobDeadline > TimeSpan.Zero, "GeminiBatchOptions.JobDeadline has to be positive, or null for none.")
            .Validate(static options => options.ProgressInterval > TimeSpan.Zero, "GeminiBatchOptions.ProgressInterval has to be positive.")
            .ValidateOnStart();
    }
}
