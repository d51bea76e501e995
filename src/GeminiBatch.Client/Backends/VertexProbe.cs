using System.Buffers;
using System.Text.Json;

namespace GeminiBatch;

/// <summary>A job of one row, which shows whether Vertex AI runs batches of a model at this location, with this login and bucket (protocol: 3.1, 3.2).</summary>
internal sealed class VertexProbe(VertexBackend backend, VertexAIClient client, GeminiThinking? thinking)
{
    private const int MaxOutputTokens = 256;
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(10);

    internal async Task<ModelVerification> RunAsync(string model, CancellationToken cancellationToken)
    {
        string name = $"gb-probe-{Guid.NewGuid():N}"[..40];
        byte[] row = Row();
        StagedFile staged = await backend.StageAsync(
            new StagingFile { Name = name, MimeType = "application/jsonl", Size = row.Length, Open = _ => ValueTask.FromResult<Stream>(new MemoryStream(row, writable: false)) }, cancellationToken).ConfigureAwait(false);
        try
        {
            GeminiBatchJob job;
            try
            {
                job = await backend.CreateJobAsync(new JobCreation(model, name, staged.Name), cancellationToken).ConfigureAwait(false);
            }
            catch (GeminiApiException exception) when (exception.HttpStatus is 400 or 404)
            {
                return new ModelVerification { Model = model, RunsBatches = false, Message = $"Vertex AI in {client.Location} refuses jobs of {model}: {exception.ServiceMessage} Models of the 3 series are at the location global (protocol: 3.1)." };
            }

            return await ReadAsync(model, await EndAsync(job, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await TryAsync(backend.DeleteFileAsync(staged.Name, CancellationToken.None)).ConfigureAwait(false);
        }
    }

    private async Task<GeminiBatchJob> EndAsync(GeminiBatchJob job, CancellationToken cancellationToken)
    {
        try
        {
            while (!job.IsTerminal)
            {
                await Task.Delay(s_interval, client.Time, cancellationToken).ConfigureAwait(false);
                job = await backend.GetJobAsync(job.Name, cancellationToken).ConfigureAwait(false);
            }

            return job;
        }
        catch
        {
            // Nobody waits for the answer any more.
            await TryAsync(backend.CancelJobAsync(job.Name, CancellationToken.None)).ConfigureAwait(false);
            throw;
        }
    }

    // What was found out, or went wrong, is worth more than tidying up; the bucket's lifecycle removes a file of one row too.
    private static async Task TryAsync(ValueTask tidying)
    {
        try
        {
            await tidying.ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
        }
    }

    private async Task<ModelVerification> ReadAsync(string model, GeminiBatchJob job, CancellationToken cancellationToken)
    {
        ResultRow? row = null;
        if (job.HasResults)
        {
            await foreach (ReadOnlyMemory<byte> line in backend.ReadResultLinesAsync(job, cancellationToken).ConfigureAwait(false))
            {
                row = ResultRowReader.Read(line);
            }
        }

        bool isAnswered = row?.Outcome.IsAnswer ?? false;
        bool isOther = isAnswered && row!.ModelVersion is { Length: > 0 } version && !GeminiCatalogue.IsSameModel(model, version);
        string why = row?.ErrorMessage ?? job.Error?.Message ?? (row is null ? $"the job ended as {job.RawState} without its row" : $"the row ended as {row.Outcome.Code}");
        return new ModelVerification
        {
            Model = model,
            RunsBatches = isAnswered && !isOther,
            AnsweredBy = isAnswered ? row!.ModelVersion : null,
            Message = !isAnswered ? $"Vertex AI in {client.Location} took a job of {model} and did not answer it: {why}"
                : isOther ? $"Vertex AI in {client.Location} took a job of {model}, and {row!.ModelVersion} answered it: the model is routed to another one."
                : $"Vertex AI in {client.Location} runs batches of {model}: a job of one row was answered.",
        };
    }

    private byte[] Row()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            backend.WriteRow(writer, "probe", new GeminiRequest
            {
                Contents = [GeminiContent.FromText("Reply with the word OK.")],
                Settings = new GenerationSettings { MaxOutputTokens = MaxOutputTokens, Thinking = thinking },
            });
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }
}
