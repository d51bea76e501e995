using System.Text;
using System.Text.Json;

namespace GeminiBatch.Tests;

/// <summary>A backend that refuses every job whose file has one of some texts, as a service does that cannot take one row; otherwise the one behind it.</summary>
internal sealed class PoisonedBackend(IBatchBackend inner, params string[] poisons) : IBatchBackend
{
    private readonly Dictionary<string, string> _refusals = new(StringComparer.Ordinal);

    public int Creations { get; private set; }

    /// <summary>The code that jobs which fail whole fail with.</summary>
    public int? FailureCode { get; init; }

    public BackendIdentity Identity => inner.Identity;

    public BackendLimits Limits => inner.Limits;

    public string DefaultModel => inner.DefaultModel;

    public void WriteRow(Utf8JsonWriter writer, string key, GeminiRequest request, string? metadata = null) => inner.WriteRow(writer, key, request, metadata);

    public async ValueTask<StagedFile> StageAsync(StagingFile file, CancellationToken cancellationToken = default)
    {
        await using var stream = await file.Open(cancellationToken);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var text = await reader.ReadToEndAsync(cancellationToken);
        var staged = await inner.StageAsync(file, cancellationToken);
        if (poisons.FirstOrDefault(poison => text.Contains(poison, StringComparison.Ordinal)) is { } found)
        {
            _refusals[staged.Name] = found;
        }
        else
        {
            _refusals.Remove(staged.Name);
        }

        return staged;
    }

    public ValueTask<GeminiBatchJob> CreateJobAsync(JobCreation creation, CancellationToken cancellationToken = default)
    {
        Creations++;
        return _refusals.TryGetValue(creation.InputFile, out var poison)
            ? throw new GeminiApiException("Creating the job", 400, "INVALID_ARGUMENT", $"A row with {poison} is no row.")
            : inner.CreateJobAsync(creation, cancellationToken);
    }

    public IAsyncEnumerable<GeminiBatchJob> FindJobsAsync(JobCreation creation, CancellationToken cancellationToken = default) => inner.FindJobsAsync(creation, cancellationToken);

    public IAsyncEnumerable<GeminiBatchJob> ListJobsAsync(string displayNamePrefix, CancellationToken cancellationToken = default) => inner.ListJobsAsync(displayNamePrefix, cancellationToken);

    public async ValueTask<GeminiBatchJob> GetJobAsync(string name, CancellationToken cancellationToken = default)
    {
        var job = await inner.GetJobAsync(name, cancellationToken);
        return job is { State: GeminiBatchState.Failed, Error: { } error } && FailureCode is { } code ? job with { Error = error with { Code = code } } : job;
    }

    public ValueTask CancelJobAsync(string name, CancellationToken cancellationToken = default) => inner.CancelJobAsync(name, cancellationToken);

    public IAsyncEnumerable<ReadOnlyMemory<byte>> ReadResultLinesAsync(GeminiBatchJob job, CancellationToken cancellationToken = default) => inner.ReadResultLinesAsync(job, cancellationToken);
}
