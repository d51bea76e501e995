using Microsoft.Extensions.Options;

namespace GeminiBatch;

/// <summary>Refuses options that no client could work with, before anything is sent.</summary>
internal sealed class VertexAIOptionsValidator : IValidateOptions<VertexAIOptions>
{
    public ValidateOptionsResult Validate(string? name, VertexAIOptions options)
    {
        IReadOnlyList<string> faults = VertexAISettings.Check(options, options.AccessTokens, Environment.GetEnvironmentVariable);
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
