using System.Globalization;
using System.Text.Json;

namespace GeminiBatch;

/// <summary>Cloud Storage over its JSON API, as much of it as batch jobs need (protocol: 4). Reached through <see cref="VertexAIClient.Storage"/>.</summary>
public sealed class CloudStorage
{
    private const int NotFound = 404;
    private const int Conflict = 409;
    private const int RetentionDays = 30;

    private readonly ApiTransport _transport;
    private readonly GeminiServiceOptions _options;
    private readonly string _project;

    internal CloudStorage(ApiTransport transport, GeminiServiceOptions options, string project) => (_transport, _options, _project) = (transport, options, project);

    /// <summary>The base address; ends in a slash.</summary>
    public Uri Endpoint => _transport.Endpoint;

    /// <summary>
    /// Uploads a stream in chunks, with one chunk in memory. A chunk whose outcome is unknown is asked about and continued where it broke, and the
    /// stored object's CRC-32C is compared with that of what was sent.
    /// </summary>
    /// <param name="content">The content from its current position; not disposed. Must have exactly the announced size.</param>
    /// <param name="upload">What to upload it as.</param>
    /// <param name="cancellationToken">Stops the upload; the service forgets an unfinished one.</param>
    /// <exception cref="ArgumentException">The name is not allowed.</exception>
    /// <exception cref="InvalidDataException">The content is shorter or longer than announced, or was stored differently than sent.</exception>
    /// <exception cref="GeminiApiException">The service refused it; 412 when <see cref="CloudUpload.IfGeneration"/> does not hold.</exception>
    public async Task<CloudObject> UploadAsync(Stream content, CloudUpload upload, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(upload);
        ArgumentOutOfRangeException.ThrowIfNegative(upload.Size);
        Check(upload.Name);
        var session = new CloudUploadSession(_transport, _options, content, upload);
        (CloudObject stored, uint sent) = await session.RunAsync(cancellationToken).ConfigureAwait(false);
        if (stored.Crc32C is { } kept && kept != sent)
        {
            await DeleteAsync(stored.Name, cancellationToken).ConfigureAwait(false);
            throw new InvalidDataException(
                $"{upload.Name} was stored with the checksum {Crc32C.ToBase64(kept)}, but {Crc32C.ToBase64(sent)} was sent. It was deleted again: upload it once more.");
        }

        return stored;
    }

    /// <summary>Reads what is known of an object; null when there is none.</summary>
    /// <param name="name">The object.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="GeminiApiException">403 when it may not be read.</exception>
    public async Task<CloudObject?> FindAsync(CloudObjectName name, CancellationToken cancellationToken = default)
    {
        var call = new ApiCall($"Reading {name}", "storage.objects.get", HttpMethod.Get, _transport.Address(Path(name)));
        try
        {
            using JsonDocument answer = await _transport.SendRepeatableAsync(call, cancellationToken).ConfigureAwait(false);
            return CloudReading.Object(answer.RootElement) ?? throw new UnreadableAnswerException($"The answer for {name} is no object.");
        }
        catch (GeminiApiException exception) when (exception.HttpStatus == NotFound)
        {
            return null;
        }
    }

    /// <summary>Lists the objects whose names begin alike, in ordinal order of their names.</summary>
    /// <param name="prefix">The bucket and the beginning of the names. End it with a slash to mean one folder and not its neighbours.</param>
    /// <param name="cancellationToken">Stops listing.</param>
    public IAsyncEnumerable<CloudObject> ListAsync(CloudObjectName prefix, CancellationToken cancellationToken = default) =>
        PagedList.ReadAsync(
            _transport,
            $"Listing {prefix}",
            "storage.objects.list",
            $"storage/v1/b/{Bucket(prefix.Bucket)}/o?maxResults=1000&prefix={Uri.EscapeDataString(prefix.Name)}",
            ["items"],
            CloudReading.Object,
            cancellationToken);

    /// <summary>
    /// Opens an object for reading from its start. A download that breaks is resumed inside the stream by a range request of the same version of the object, and
    /// its end is reached only if the content's CRC-32C is the object's.
    /// </summary>
    /// <param name="item">The object, as <see cref="FindAsync"/> or <see cref="ListAsync"/> gave it.</param>
    /// <param name="cancellationToken">Stops opening.</param>
    /// <returns>The content; dispose it. Reading throws <see cref="InvalidDataException"/> at the end when the content is not the object's.</returns>
    /// <exception cref="GeminiApiException">404 when this version of the object is gone.</exception>
    public async Task<Stream> OpenAsync(CloudObject item, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(item);
        string generation = item.Generation == 0 ? "" : "&generation=" + item.Generation.ToString(CultureInfo.InvariantCulture);
        var call = new ApiCall($"Downloading {item.Name}", "storage.objects.download", HttpMethod.Get, _transport.Address(Path(item.Name) + "?alt=media" + generation));
        return await new ResumingDownloadStream(_transport, call, item.Name.Uri, _options) { ExpectedCrc32C = item.Crc32C }.OpenAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes an object; one that is gone already is no error.</summary>
    /// <param name="name">The object.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task DeleteAsync(CloudObjectName name, CancellationToken cancellationToken = default)
    {
        var call = new ApiCall($"Deleting {name}", "storage.objects.delete", HttpMethod.Delete, _transport.Address(Path(name)));
        try
        {
            await _transport.SendRepeatableAsync(call, static (_, _) => Task.FromResult(true), cancellationToken).ConfigureAwait(false);
        }
        catch (GeminiApiException exception) when (exception.HttpStatus == NotFound)
        {
        }
    }

    /// <summary>Reads what is known of a bucket; null when there is none.</summary>
    /// <param name="bucket">Its name.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="GeminiApiException">403 when it may not be read, which needs <c>storage.buckets.get</c>.</exception>
    public async Task<CloudBucket?> FindBucketAsync(string bucket, CancellationToken cancellationToken = default)
    {
        var call = new ApiCall($"Reading the bucket {bucket}", "storage.buckets.get", HttpMethod.Get, _transport.Address($"storage/v1/b/{Bucket(bucket)}"));
        try
        {
            using JsonDocument answer = await _transport.SendRepeatableAsync(call, cancellationToken).ConfigureAwait(false);
            return CloudReading.Bucket(answer.RootElement) ?? throw new UnreadableAnswerException($"The answer for the bucket {bucket} is no bucket.");
        }
        catch (GeminiApiException exception) when (exception.HttpStatus == NotFound)
        {
            return null;
        }
    }

    /// <summary>
    /// Creates a bucket with uniform access, in which everything below a prefix is deleted after 30 days. One that exists already and can be read is taken as it is.
    /// </summary>
    /// <param name="bucket">Its name, which nobody else may have.</param>
    /// <param name="location">Where it lies, such as <c>us-central1</c>.</param>
    /// <param name="prefix">The beginning of the names that are deleted after 30 days.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="GeminiApiException">It may not be created; 409 when somebody else has a bucket of this name.</exception>
    public async Task<CloudBucket> CreateBucketAsync(string bucket, string location, string prefix, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(location);
        ArgumentException.ThrowIfNullOrWhiteSpace(prefix);
        var call = new ApiCall($"Creating the bucket {Bucket(bucket)}", "storage.buckets.insert", HttpMethod.Post, _transport.Address($"storage/v1/b?project={Uri.EscapeDataString(_project)}"))
        {
            Content = () => JsonBody.Of(RawJson.Write(writer => WriteBucket(writer, bucket, location, prefix))),
        };
        try
        {
            using JsonDocument answer = await _transport.SendRepeatableAsync(call, cancellationToken).ConfigureAwait(false);
            return CloudReading.Bucket(answer.RootElement) ?? throw new UnreadableAnswerException($"The answer for the bucket {bucket} is no bucket.");
        }
        catch (GeminiApiException exception) when (exception.HttpStatus == Conflict)
        {
            // Ours from an earlier attempt, or somebody else's, which cannot be read.
            CloudBucket? existing;
            try
            {
                existing = await FindBucketAsync(bucket, cancellationToken).ConfigureAwait(false);
            }
            catch (GeminiApiException refusal) when (refusal.HttpStatus == 403)
            {
                existing = null;
            }

            return existing ?? throw new GeminiApiException(
                $"Creating the bucket {bucket}", Conflict, exception.Status, $"{exception.ServiceMessage} The name is taken by somebody else's bucket: choose another one");
        }
    }

    /// <summary>Which of the given permissions on a bucket the login lacks; null when the service does not tell.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="permissions">Such as <c>storage.objects.create</c>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<IReadOnlyList<string>?> FindMissingPermissionsAsync(string bucket, IReadOnlyList<string> permissions, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(permissions);
        string query = string.Join('&', permissions.Select(static permission => "permissions=" + Uri.EscapeDataString(permission)));
        var call = new ApiCall($"Asking for permissions on the bucket {bucket}", "storage.buckets.testIamPermissions", HttpMethod.Get, _transport.Address($"storage/v1/b/{Bucket(bucket)}/iam/testPermissions?{query}"));
        try
        {
            using JsonDocument answer = await _transport.SendRepeatableAsync(call, cancellationToken).ConfigureAwait(false);
            return [.. permissions.Except(CatalogueReading.Texts(answer.RootElement, "permissions"), StringComparer.Ordinal)];
        }
        catch (GeminiApiException)
        {
            return null;
        }
    }

    private static void WriteBucket(Utf8JsonWriter writer, string bucket, string location, string prefix)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, bucket);
        writer.WriteString("location"u8, location);
        writer.WriteStartObject("iamConfiguration"u8);
        writer.WriteStartObject("uniformBucketLevelAccess"u8);
        writer.WriteBoolean("enabled"u8, true);
        writer.WriteEndObject();
        writer.WriteString("publicAccessPrevention"u8, "enforced"u8);
        writer.WriteEndObject();
        writer.WriteStartObject("lifecycle"u8);
        writer.WriteStartArray("rule"u8);
        writer.WriteStartObject();
        writer.WriteStartObject("action"u8);
        writer.WriteString("type"u8, "Delete"u8);
        writer.WriteEndObject();
        writer.WriteStartObject("condition"u8);
        writer.WriteNumber("age"u8, RetentionDays);
        writer.WriteStartArray("matchesPrefix"u8);
        writer.WriteStringValue(prefix.TrimEnd('/') + "/");
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static string Path(CloudObjectName name)
    {
        Check(name);
        return $"storage/v1/b/{name.Bucket}/o/{Uri.EscapeDataString(name.Name)}";
    }

    private static void Check(CloudObjectName name)
    {
        if (!CloudObjectName.IsBucket(name.Bucket ?? "") || !CloudObjectName.IsObject(name.Name ?? ""))
        {
            throw new ArgumentException($"'{name}' names no object of Cloud Storage: the bucket has 3 to 63 characters, the name 1 to 1,024 bytes without line breaks.", nameof(name));
        }
    }

    private static string Bucket(string bucket) => CloudObjectName.IsBucket(bucket ?? "")
        ? bucket!
        : throw new ArgumentException($"'{bucket}' is no bucket: use 3 to 63 lower-case letters, digits, dashes, dots and underscores.", nameof(bucket));
}
