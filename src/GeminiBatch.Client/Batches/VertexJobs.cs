using System.Text.Json;

namespace GeminiBatch;

/// <summary>Batch prediction jobs of Vertex AI (protocol: 3.2 to 3.4). Reached through <see cref="VertexAIClient.Jobs"/>.</summary>
public sealed class VertexJobs
{
    private readonly ApiTransport _transport;
    private readonly string _parent;

    internal VertexJobs(ApiTransport transport, string project, string location)
    {
        _transport = transport;
        _parent = $"projects/{project}/locations/{location}";
    }

    private string Collection => $"v1/{_parent}/batchPredictionJobs";

    /// <summary>Creates a job with exactly one request, which is never repeated.</summary>
    /// <param name="creation">What to create.</param>
    /// <param name="cancellationToken">Observed until the request is sent; later, cancelling ends in <see cref="JobCreationUncertainException"/>.</param>
    /// <exception cref="ArgumentException">The model's name is none.</exception>
    /// <exception cref="GeminiApiException">The service refused: there is no job.</exception>
    /// <exception cref="JobCreationUncertainException">No answer, or a server error: a job may exist.</exception>
    public async Task<GeminiBatchJob> CreateAsync(VertexJobCreation creation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(creation);
        ArgumentException.ThrowIfNullOrWhiteSpace(creation.DisplayName);
        byte[] body = RawJson.Write(writer => Write(writer, creation));
        var call = new ApiCall($"Creating the job '{creation.DisplayName}'", "batches.create", HttpMethod.Post, _transport.Address(Collection)) { Content = () => JsonBody.Of(body) };
        string? input = creation.Input is VertexInput.Storage storage ? storage.Files[0].Uri : null;
        return await JobCreationCall.SendAsync(_transport, call, creation.DisplayName, input, VertexJobReading.Read, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads a job.</summary>
    /// <param name="name">The job's full name, or its number.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="GeminiApiException">There is no such job, or it may not be read.</exception>
    public async Task<GeminiBatchJob> GetAsync(string name, CancellationToken cancellationToken = default)
    {
        string job = Name(name);
        var call = new ApiCall($"Reading the job {job}", "batches.get", HttpMethod.Get, _transport.Address("v1/" + job));
        using JsonDocument answer = await _transport.SendRepeatableAsync(call, cancellationToken).ConfigureAwait(false);
        return VertexJobReading.Read(answer.RootElement) ?? throw new UnreadableAnswerException($"The answer for {job} is no job.");
    }

    /// <summary>Lists the jobs of the project and location.</summary>
    /// <param name="filter">Such as <c>displayName="x"</c> or <c>state="JOB_STATE_RUNNING"</c>; null for all.</param>
    /// <param name="cancellationToken">Stops listing.</param>
    public IAsyncEnumerable<GeminiBatchJob> ListAsync(string? filter = null, CancellationToken cancellationToken = default) =>
        PagedList.ReadAsync(
            _transport,
            "Listing the jobs",
            "batches.list",
            $"{Collection}?pageSize=100{(filter is null ? "" : "&filter=" + Uri.EscapeDataString(filter))}",
            ["batchPredictionJobs"],
            VertexJobReading.Read,
            cancellationToken);

    /// <summary>Asks to stop a job, which ends some time later; rows already answered are paid. A job that has ended is no error.</summary>
    /// <param name="name">The job's full name, or its number.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="GeminiApiException">There is no such job.</exception>
    public async Task CancelAsync(string name, CancellationToken cancellationToken = default)
    {
        string job = Name(name);
        var call = new ApiCall($"Cancelling the job {job}", "batches.cancel", HttpMethod.Post, _transport.Address($"v1/{job}:cancel")) { Content = static () => JsonBody.Of("{}"u8.ToArray()) };
        try
        {
            await _transport.SendRepeatableAsync(call, static (_, _) => Task.FromResult(true), cancellationToken).ConfigureAwait(false);
        }
        catch (GeminiApiException exception) when (exception.Status is "FAILED_PRECONDITION")
        {
            // The job has ended already, perhaps by an earlier attempt of this call.
        }
    }

    /// <summary>Deletes a job that has ended; one that is gone already is no error. Its files stay.</summary>
    /// <param name="name">The job's full name, or its number.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="GeminiApiException">The job has not ended: cancel it first.</exception>
    public async Task DeleteAsync(string name, CancellationToken cancellationToken = default)
    {
        string job = Name(name);
        var call = new ApiCall($"Deleting the job {job}", "batches.delete", HttpMethod.Delete, _transport.Address("v1/" + job));
        try
        {
            using JsonDocument operation = await _transport.SendRepeatableAsync(call, cancellationToken).ConfigureAwait(false);
            if (JobReading.Error(operation.RootElement) is { } error)
            {
                throw new GeminiApiException($"Deleting the job {job}", 400, "FAILED_PRECONDITION", error.Message);
            }
        }
        catch (GeminiApiException exception) when (exception.HttpStatus == 404)
        {
        }
    }

    private string Name(string name) => ResourceName.VertexJob(name, _parent);

    private static void Write(Utf8JsonWriter writer, VertexJobCreation creation)
    {
        writer.WriteStartObject();
        writer.WriteString("displayName"u8, creation.DisplayName);
        writer.WriteString("model"u8, ResourceName.VertexModel(creation.Model));
        writer.WriteStartObject("inputConfig"u8);
        switch (creation.Input)
        {
            case VertexInput.Storage storage:
                writer.WriteString("instancesFormat"u8, "jsonl"u8);
                writer.WriteStartObject("gcsSource"u8);
                writer.WriteStartArray("uris"u8);
                foreach (CloudObjectName file in storage.Files)
                {
                    writer.WriteStringValue(file.Uri);
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
                break;
            case VertexInput.BigQuery table:
                writer.WriteString("instancesFormat"u8, "bigquery"u8);
                writer.WriteStartObject("bigquerySource"u8);
                writer.WriteString("inputUri"u8, table.Table);
                writer.WriteEndObject();
                break;
        }

        writer.WriteEndObject();
        writer.WriteStartObject("outputConfig"u8);
        switch (creation.Output)
        {
            case VertexOutput.Storage storage:
                writer.WriteString("predictionsFormat"u8, "jsonl"u8);
                writer.WriteStartObject("gcsDestination"u8);
                writer.WriteString("outputUriPrefix"u8, storage.Prefix.Uri);
                writer.WriteEndObject();
                break;
            case VertexOutput.BigQuery table:
                writer.WriteString("predictionsFormat"u8, "bigquery"u8);
                writer.WriteStartObject("bigqueryDestination"u8);
                writer.WriteString("outputUri"u8, table.Table);
                writer.WriteEndObject();
                break;
        }

        writer.WriteEndObject();
        if (creation.Labels.Count > 0)
        {
            writer.WriteStartObject("labels"u8);
            foreach ((string label, string value) in creation.Labels.OrderBy(static entry => entry.Key, StringComparer.Ordinal))
            {
                writer.WriteString(label, value);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}
