using System.Text.Json;

namespace GeminiBatch;

/// <summary>Batch jobs of the Developer API (protocol: 1.3 to 1.5). Reached through <see cref="DeveloperApiClient.Batches"/>.</summary>
public sealed class DeveloperBatches
{
    private readonly ApiTransport _transport;

    internal DeveloperBatches(ApiTransport transport) => _transport = transport;

    /// <summary>Creates a job from an uploaded file with exactly one request, which is never repeated (protocol: 1.3).</summary>
    /// <param name="model">The model's id, with or without <c>models/</c>.</param>
    /// <param name="displayName">Name by which the job can be found again.</param>
    /// <param name="fileName">The uploaded batch file, such as <c>files/abc</c>.</param>
    /// <param name="cancellationToken">Observed until the request is sent; later, cancelling ends in <see cref="JobCreationUncertainException"/>.</param>
    /// <exception cref="GeminiApiException">The service refused: there is no job.</exception>
    /// <exception cref="JobCreationUncertainException">No answer, or a server error: a job may exist.</exception>
    public Task<GeminiBatchJob> CreateFromFileAsync(string model, string displayName, string fileName, CancellationToken cancellationToken = default)
    {
        string file = ResourceName.File(fileName);
        return CreateAsync(model, displayName, file, writer => writer.WriteString("fileName"u8, file), cancellationToken);
    }

    /// <summary>Creates a job with its rows inside the request, which must stay below 20 MB, with exactly one request, never repeated (protocol: 1.3).</summary>
    /// <param name="model">The model's id, with or without <c>models/</c>.</param>
    /// <param name="displayName">Name by which the job can be found again.</param>
    /// <param name="rows">The rows; at least one.</param>
    /// <param name="cancellationToken">Observed until the request is sent; later, cancelling ends in <see cref="JobCreationUncertainException"/>.</param>
    /// <exception cref="ArgumentException">There are no rows, or they are too large to be sent inline.</exception>
    /// <exception cref="GeminiApiException">The service refused: there is no job.</exception>
    /// <exception cref="JobCreationUncertainException">No answer, or a server error: a job may exist.</exception>
    public Task<GeminiBatchJob> CreateInlineAsync(string model, string displayName, IReadOnlyList<GeminiInlineRow> rows, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count == 0)
        {
            throw new ArgumentException("An inline job needs at least one row.", nameof(rows));
        }

        return CreateAsync(model, displayName, file: null, writer => WriteInlineRows(writer, rows), cancellationToken);
    }

    /// <summary>Reads a job.</summary>
    /// <param name="name">The job's name, <c>batches/…</c>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="GeminiApiException">There is no such job, or another key made it.</exception>
    public async Task<GeminiBatchJob> GetAsync(string name, CancellationToken cancellationToken = default)
    {
        var call = new ApiCall($"Reading the job {ResourceName.Batch(name)}", "batches.get", HttpMethod.Get, _transport.Address("v1beta/" + name));
        using JsonDocument answer = await _transport.SendRepeatableAsync(call, cancellationToken).ConfigureAwait(false);
        return JobReading.ReadDeveloper(answer.RootElement) ?? throw new UnreadableAnswerException($"The answer for {name} is no job.");
    }

    /// <summary>Lists all jobs of the key. Entries may be stale and lack results: read a job with <see cref="GetAsync"/> before using it (protocol: 1.5).</summary>
    /// <param name="cancellationToken">Stops listing.</param>
    /// <exception cref="FormatException">A page is not what the protocol says, so the list is not complete.</exception>
    public IAsyncEnumerable<GeminiBatchJob> ListAsync(CancellationToken cancellationToken = default) =>
        PagedList.ReadAsync(_transport, "Listing the jobs", "batches.list", "v1beta/batches?pageSize=100", ["operations", "batches"], JobReading.ReadDeveloper, cancellationToken);

    /// <summary>Asks to stop a job; rows already answered are paid. A job that has ended is no error.</summary>
    /// <param name="name">The job's name, <c>batches/…</c>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="GeminiApiException">There is no such job.</exception>
    public async Task CancelAsync(string name, CancellationToken cancellationToken = default)
    {
        var call = new ApiCall($"Cancelling the job {ResourceName.Batch(name)}", "batches.cancel", HttpMethod.Post, _transport.Address($"v1beta/{name}:cancel"))
        {
            Content = static () => JsonBody.Of("{}"u8.ToArray()),
        };
        try
        {
            using JsonDocument answer = await _transport.SendRepeatableAsync(call, cancellationToken).ConfigureAwait(false);
        }
        catch (GeminiApiException exception) when (exception.Status is "FAILED_PRECONDITION")
        {
            // The job has ended already, perhaps by an earlier attempt of this call.
        }
    }

    /// <summary>Deletes a job; one that is gone already is no error. Whether that stops its work is documented both ways: cancel first (protocol: 1.5).</summary>
    /// <param name="name">The job's name, <c>batches/…</c>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task DeleteAsync(string name, CancellationToken cancellationToken = default)
    {
        var call = new ApiCall($"Deleting the job {ResourceName.Batch(name)}", "batches.delete", HttpMethod.Delete, _transport.Address("v1beta/" + name));
        try
        {
            using JsonDocument answer = await _transport.SendRepeatableAsync(call, cancellationToken).ConfigureAwait(false);
        }
        catch (GeminiApiException exception) when (exception.HttpStatus == 404)
        {
        }
    }

    private async Task<GeminiBatchJob> CreateAsync(string model, string displayName, string? file, Action<Utf8JsonWriter> writeInput, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(displayName);
        string name = ResourceName.Model(model);
        byte[] body = RawJson.Write(writer => WriteBatch(writer, displayName, writeInput));
        long limit = GeminiCatalogue.Default.Backend("developer").InlineBytes ?? long.MaxValue;
        if (file is null && body.LongLength >= limit)
        {
            throw new ArgumentException($"The rows take {body.LongLength} bytes; inline jobs must stay below {limit}. Upload them as a file and create the job from it.", nameof(model));
        }

        var call = new ApiCall($"Creating the job '{displayName}'", "batches.create", HttpMethod.Post, _transport.Address($"v1beta/{name}:batchGenerateContent"))
        {
            Content = () => JsonBody.Of(body),
        };
        return await JobCreationCall.SendAsync(_transport, call, displayName, file, JobReading.ReadDeveloper, cancellationToken).ConfigureAwait(false);
    }

    private static void WriteBatch(Utf8JsonWriter writer, string displayName, Action<Utf8JsonWriter> writeInput)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("batch"u8);
        writer.WriteString("displayName"u8, displayName);
        writer.WriteStartObject("inputConfig"u8);
        writeInput(writer);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    // The wire nests "requests" twice.
    private static void WriteInlineRows(Utf8JsonWriter writer, IReadOnlyList<GeminiInlineRow> rows)
    {
        writer.WriteStartObject("requests"u8);
        writer.WriteStartArray("requests"u8);
        foreach (GeminiInlineRow row in rows)
        {
            writer.WriteStartObject();
            writer.WritePropertyName("request"u8);
            row.Request.WriteTo(writer);
            writer.WriteStartObject("metadata"u8);
            writer.WriteString("key"u8, row.Key);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
