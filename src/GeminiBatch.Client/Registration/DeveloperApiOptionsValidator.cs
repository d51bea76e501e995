using Microsoft.Extensions.Options;

namespace GeminiBatch;

/// <summary>Refuses options that no client could work with, before anything is sent.</summary>
internal sealed class DeveloperApiOptionsValidator : IValidateOptions<DeveloperApiOptions>
{
    public ValidateOptionsResult Validate(string? name, DeveloperApiOptions options)
    {
        IReadOnlyList<string> faults = DeveloperApiSettings.Check(options, Environment.GetEnvironmentVariable);
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
