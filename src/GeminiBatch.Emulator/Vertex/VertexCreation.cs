using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>Checks a create call and makes the job. Unlike the Developer API, what is wrong with the rows shows later, as a failed job (protocol: 3.3, 3.7).</summary>
internal sealed class VertexCreation(StateFolder state, BlobStore blobs, ObjectStore objects, BatchStore batches, ModelCatalogue catalogue, GeminiEmulatorOptions options, TimeProvider clock)
{
    private const string ModelPrefix = "publishers/google/models/";

    public async Task<StoredBatch> CreateAsync(ApiCall call, VertexPath path, JsonObject body)
    {
        if (path.Project.StartsWith("denied", StringComparison.Ordinal))
        {
            throw new ApiException(403, "PERMISSION_DENIED", $"Permission 'aiplatform.batchPredictionJobs.create' denied on resource '//aiplatform.googleapis.com/projects/{path.Project}/locations/{path.Location}' (or it may not exist).");
        }

        InlineCheck.Check(body, "BatchPredictionJob");
        var model = RequireText(body, "model", "batch_prediction_job.model");
        RequireText(body, "displayName", "batch_prediction_job.display_name");
        var input = body.Find("inputConfig") ?? throw ApiException.InvalidArgument("Required field is not set: batch_prediction_job.input_config.");
        var output = body.Find("outputConfig") ?? throw ApiException.InvalidArgument("Required field is not set: batch_prediction_job.output_config.");
        CheckFormats(input, output);
        var now = clock.GetUtcNow();
        var id = model.StartsWith(ModelPrefix, StringComparison.Ordinal) ? model[ModelPrefix.Length..] : null;
        var serving = (id is null ? null : catalogue.ServingOnVertex(id, path.Location, DateOnly.FromDateTime(now.UtcDateTime))) ?? throw NoModel(path, model);
        var uris = input.Find("gcsSource").Find("uris").Items().Select(uri => uri.AsText() ?? "").ToList();
        var content = uris.Count == 0 ? new Input("", ContentDigest.Of([]), null) : await GatherAsync(uris, call.Aborted);
        try
        {
            var (keys, error) = content.Error is not null || content.Blob.Length == 0
                ? ([], content.Error)
                : await Task.Run(() => VertexImport.Check(blobs.PathOf(content.Blob), uris[0], serving.MaxVertexRows), call.Aborted);
            return batches.Create(Describe(call, path, body, id!, serving, content, uris, keys.Count, error, now), keys);
        }
        finally
        {
            if (content.Blob.Length > 0)
            {
                blobs.Unpin(content.Blob);
            }
        }
    }

    private StoredBatch Describe(ApiCall call, VertexPath path, JsonObject body, string model, CataloguedModel serving, Input content, List<string> uris, int rows, JobError? error, DateTimeOffset now)
    {
        var neverRuns = call.Fault(EmulatedFaultKind.ExpireJob) is not null || options.PendingTime >= VertexJob.QueueExpiry;
        var running = now + (neverRuns ? VertexJob.QueueExpiry : options.PendingTime);
        var end = neverRuns ? running : running + (options.RunningTime < VertexJob.RunExpiry ? options.RunningTime : VertexJob.RunExpiry);
        var expires = neverRuns || options.RunningTime >= VertexJob.RunExpiry;
        var partial = call.Fault(EmulatedFaultKind.PartialSuccess);
        var failing = call.Fault(EmulatedFaultKind.FailRows);
        error ??= call.Fault(EmulatedFaultKind.FailJob) is not null ? new JobError(13, "Internal error while preparing the batch prediction job.") : null;
        return new StoredBatch
        {
            Id = "",
            Owner = call.Owner,
            Model = model,
            ServingModel = serving.Id,
            DisplayName = body.FindText("displayName") ?? "",
            InputFile = uris.Count > 0 ? uris[0] : null,
            InputBlob = content.Blob,
            InputSha256 = content.Digest.Sha256,
            Embeddings = serving.IsEmbedding,
            RequestCount = rows,
            CreateTime = now,
            RunTime = running,
            EndTime = end,
            Outcome = error is not null ? BatchState.Failed : expires ? BatchState.Expired : partial is not null ? BatchState.PartiallySucceeded : BatchState.Succeeded,
            Error = error,
            DroppedRows = (call.Fault(EmulatedFaultKind.DropRows)?.Rows ?? 0) + (partial?.Rows ?? 0),
            DuplicatedRows = call.Fault(EmulatedFaultKind.DuplicateRows)?.Rows ?? 0,
            FailedRows = failing?.Rows ?? 0,
            FailedRowCode = failing is { Status: > 0 and <= 16 } ? failing.Status : 13,
            Vertex = new VertexJob(path.Location, ModelPrefix + model, (JsonObject)body.DeepClone(), options.RunningTime)
            {
                HasRows = rows > 0 && error is null,
                Files = Math.Max(1, call.Fault(EmulatedFaultKind.SplitOutput)?.Rows ?? 1),
                Neighbours = call.Fault(EmulatedFaultKind.Neighbours)?.Rows ?? 0,
            },
        };
    }

    /// <summary>The input's bytes as one blob, pinned.</summary>
    private async Task<Input> GatherAsync(List<string> uris, CancellationToken ct)
    {
        var found = new List<StoredObject>();
        foreach (var uri in uris)
        {
            if (GcsUri.TryParse(uri) is not { } place)
            {
                throw ApiException.InvalidArgument($"Invalid Cloud Storage URI: {uri}. A URI is gs://bucket/object.");
            }

            if (objects.Find(place.Bucket, place.Name) is not { } stored)
            {
                return new Input("", ContentDigest.Of([]), new JobError(5, $"Failed to import data to BigQuery. Not found: URI {uri}"));
            }

            found.Add(stored);
        }

        if (found.Count == 1)
        {
            blobs.Pin(found[0].Blob);
            return new Input(found[0].Blob, found[0].Digest, null);
        }

        var blob = BlobStore.MakeName();
        blobs.Pin(blob);
        try
        {
            using var joined = new GrowingBlob(state, blobs.PathOf(blob));
            foreach (var stored in found)
            {
                await AppendAsync(joined, objects.ContentPath(stored), ct);
            }

            return new Input(blob, await joined.FinishAsync(ct), null);
        }
        catch
        {
            blobs.Unpin(blob);
            throw;
        }
    }

    private static async Task AppendAsync(GrowingBlob joined, string path, CancellationToken ct)
    {
        using var content = new FileStream(path, FileMode.Open, FileAccess.Read);
        await joined.AppendAsync(content, 0, long.MaxValue, long.MaxValue, ct);
        using var lineEnd = new MemoryStream("\n"u8.ToArray());
        await joined.AppendAsync(lineEnd, 0, long.MaxValue, long.MaxValue, ct);
    }

    private static void CheckFormats(JsonNode input, JsonNode output)
    {
        var (instances, predictions) = (input.FindText("instancesFormat"), output.FindText("predictionsFormat"));
        var fitsInput = instances switch
        {
            "jsonl" => input.Find("gcsSource").Find("uris").Items().Any(),
            "bigquery" => IsTable(input.Find("bigquerySource").FindText("inputUri")),
            "vertex-dataset" => input.Find("vertexMultimodalDatasetSource").FindText("datasetName") is not null,
            _ => throw ApiException.InvalidArgument($"Unsupported instances_format: '{instances}'. Supported formats are jsonl, bigquery and vertex-dataset."),
        };
        var fitsOutput = predictions switch
        {
            "jsonl" => output.Find("gcsDestination").FindText("outputUriPrefix") is { } prefix && GcsUri.TryParsePrefix(prefix) is not null,
            "bigquery" => IsTable(output.Find("bigqueryDestination").FindText("outputUri")),
            "vertex-dataset" => output.Find("vertexMultimodalDatasetDestination") is not null,
            _ => throw ApiException.InvalidArgument($"Unsupported predictions_format: '{predictions}'. Supported formats are jsonl, bigquery and vertex-dataset."),
        };
        if (!fitsInput || !fitsOutput)
        {
            throw ApiException.InvalidArgument(fitsInput
                ? $"The output_config has no valid destination for predictions_format '{predictions}'."
                : $"The input_config has no valid source for instances_format '{instances}'.");
        }
    }

    private static bool IsTable(string? uri) => uri is not null && uri.StartsWith("bq://", StringComparison.Ordinal) && uri["bq://".Length..].Split('.').Length is 2 or 3;

    private static string RequireText(JsonObject body, string name, string field) => body.FindText(name) is { Length: > 0 } text
        ? text
        : throw ApiException.InvalidArgument($"Required field is not set: {field}.");

    public static ApiException NoModel(VertexPath path, string model) => new(
        404,
        "NOT_FOUND",
        $"Publisher Model `projects/{path.Project}/locations/{path.Location}/{model}` was not found or your project does not have access to it. Please ensure you are using a valid model version. For more information, see: https://cloud.google.com/vertex-ai/generative-ai/docs/learn/model-versions");

    private sealed record Input(string Blob, ContentDigest Digest, JobError? Error);
}
