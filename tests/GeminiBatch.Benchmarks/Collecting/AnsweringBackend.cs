using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace GeminiBatch.Benchmarks;

/// <summary>A backend in this process that has answered every row the moment its file is there: what is left to measure is the pipeline.</summary>
internal sealed class AnsweringBackend(string folder) : IBatchBackend
{
    private readonly Dictionary<string, string> _jobs = new(StringComparer.Ordinal);

    public BackendIdentity Identity { get; } = new("developer", "benchmark", "", "in-process");

    public BackendLimits Limits { get; } = new(2_000_000_000, int.MaxValue, 100, TimeSpan.FromHours(48));

    public string DefaultModel => GeminiModels.Flash35Lite;

    public void WriteRow(Utf8JsonWriter writer, string key, GeminiRequest request, string? metadata = null)
    {
        writer.WriteStartObject();
        writer.WriteString("key"u8, key);
        writer.WritePropertyName("request"u8);
        request.WriteTo(writer);
        writer.WriteEndObject();
    }

    public async ValueTask<StagedFile> StageAsync(StagingFile file, CancellationToken cancellationToken = default)
    {
        var path = Path.Combine(folder, file.Name + ".results");
        await using var stream = await file.Open(cancellationToken);
        using var rows = new StreamReader(stream);
        await using var results = new StreamWriter(path);
        while (await rows.ReadLineAsync(cancellationToken) is { } row)
        {
            // {"key":"‹26 characters›", …
            await results.WriteAsync(Receipts.ResultLine(row.Substring(8, RowKey.TextLength)));
            await results.WriteAsync('\n');
        }

        return new(file.Name, path, DateTimeOffset.MaxValue);
    }

    public ValueTask<GeminiBatchJob> CreateJobAsync(JobCreation creation, CancellationToken cancellationToken = default)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"batches/{_jobs.Count + 1}");
        _jobs.Add(name, creation.InputFile);
        return GetJobAsync(name, cancellationToken);
    }

    public IAsyncEnumerable<GeminiBatchJob> FindJobsAsync(JobCreation creation, CancellationToken cancellationToken = default) => AsyncEnumerable.Empty<GeminiBatchJob>();

    public ValueTask<GeminiBatchJob> GetJobAsync(string name, CancellationToken cancellationToken = default) => ValueTask.FromResult(
        new GeminiBatchJob { Name = name, State = GeminiBatchState.Succeeded, RawState = "BATCH_STATE_SUCCEEDED", IsTerminal = true, InputFile = _jobs[name], ResultsFile = _jobs[name] });

    public ValueTask CancelJobAsync(string name, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadResultLinesAsync(GeminiBatchJob job, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var file = File.OpenRead(Path.Combine(folder, job.ResultsFile + ".results"));
        var lines = PipeReader.Create(file, new StreamPipeReaderOptions(bufferSize: 64 * 1024));
        while (true)
        {
            var read = await lines.ReadAsync(cancellationToken);
            var buffer = read.Buffer;
            while (buffer.PositionOf((byte)'\n') is { } end)
            {
                yield return buffer.Slice(0, end).ToArray();
                buffer = buffer.Slice(buffer.GetPosition(1, end));
            }

            lines.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted)
            {
                yield break;
            }
        }
    }
}
