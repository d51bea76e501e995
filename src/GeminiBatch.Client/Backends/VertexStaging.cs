using System.Globalization;

namespace GeminiBatch;

/// <summary>Puts files into the bucket under chosen names, so that doing it twice stores them once (protocol: 4).</summary>
internal sealed class VertexStaging(VertexAIClient client, string bucket)
{
    private const int MaxRounds = 3;
    private const string BatchMimeType = "application/jsonl";
    private const string DefaultBucketLocation = "us-central1";

    // What is about to be deleted by a rule of the bucket would be gone before a job has read it: jobs wait up to 72 hours (protocol: 3.6).
    private static readonly TimeSpan Reserve = TimeSpan.FromDays(5);
    private static readonly string[] Permissions = ["storage.objects.create", "storage.objects.get", "storage.objects.list", "storage.objects.delete"];

    private readonly Lock _gate = new();
    private Task<CloudBucket?>? _checked;

    internal async ValueTask<StagedFile> StageAsync(StagingFile file, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        CloudBucket? place = await CheckAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        string id = ResourceName.NewFile(file.Name)["files/".Length..];
        bool isBatch = file.MimeType == BatchMimeType;
        var name = new CloudObjectName(bucket, $"{client.Settings.Prefix}/{(isBatch ? $"input/{id}.jsonl" : $"media/{id}")}");
        TimeSpan? lifetime = place?.DaysUntilDeletion(name.Name) is { } days ? TimeSpan.FromDays(days) : null;
        for (int round = 1; ; round++)
        {
            CloudObject? twin = await client.Storage.FindAsync(name, cancellationToken).ConfigureAwait(false);
            if (twin is not null && IsSame(twin, file, lifetime))
            {
                ClientLog.FileReused(client.Logger, name.Uri);
                return Staged(twin, lifetime);
            }

            try
            {
                return Staged(await UploadAsync(file, name, twin?.Generation ?? 0, cancellationToken).ConfigureAwait(false), lifetime);
            }
            catch (GeminiApiException exception) when (round < MaxRounds && exception.HttpStatus is 404 or 410 or 412)
            {
                // Somebody stored it in between, or the upload's session is gone: look again.
            }
            catch (InvalidDataException) when (round < MaxRounds)
            {
                // Something else arrived than was sent.
            }
        }
    }

    private async Task<CloudObject> UploadAsync(StagingFile file, CloudObjectName name, long generation, CancellationToken cancellationToken)
    {
        Stream content = await file.Open(cancellationToken).ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
        {
            var upload = new CloudUpload { Name = name, ContentType = file.MimeType, Size = file.Size, IfGeneration = generation, Sha256 = file.Sha256 };
            return await client.Storage.UploadAsync(content, upload, cancellationToken).ConfigureAwait(false);
        }
    }

    private bool IsSame(CloudObject twin, StagingFile file, TimeSpan? lifetime)
    {
        bool lives = lifetime is not { } time || twin.CreateTime is not { } created || created + time - client.Time.GetUtcNow() > Reserve;
        bool sameHash = file.Sha256.IsEmpty || string.Equals(twin.Sha256Hex, Convert.ToHexStringLower(file.Sha256.Span), StringComparison.Ordinal);
        return lives && twin.Size == file.Size && sameHash;
    }

    private static StagedFile Staged(CloudObject stored, TimeSpan? lifetime) => new(stored.Name.Uri, stored.Name.Uri, stored.CreateTime + lifetime - Reserve);

    private Task<CloudBucket?> CheckAsync()
    {
        lock (_gate)
        {
            if (_checked is null or { IsFaulted: true } or { IsCanceled: true })
            {
                _checked = CheckBucketAsync();
            }

            return _checked;
        }
    }

    // Only a bucket that is not there stops anything; all else is for the service to refuse.
    private async Task<CloudBucket?> CheckBucketAsync()
    {
        CloudBucket? found;
        try
        {
            found = await client.Storage.FindBucketAsync(bucket).ConfigureAwait(false);
        }
        catch (GeminiApiException exception) when (exception.HttpStatus == 403)
        {
            ClientLog.BucketUnchecked(client.Logger, bucket);
            return null;
        }

        if (found is null)
        {
            if (!client.Options.CreateBucket)
            {
                throw new GeminiApiException(
                    $"Reading the bucket {bucket}", 404, "NOT_FOUND", string.Create(CultureInfo.InvariantCulture, $"There is no bucket {bucket} at {client.Storage.Endpoint}: create it, or set VertexAIOptions.CreateBucket"));
            }

            string location = client.Location == VertexAISettings.DefaultLocation ? DefaultBucketLocation : client.Location;
            found = await client.Storage.CreateBucketAsync(bucket, location, client.Settings.Prefix).ConfigureAwait(false);
            ClientLog.BucketCreated(client.Logger, bucket, found.Location);
        }

        if (!Suits(found, client.Location))
        {
            ClientLog.BucketElsewhere(client.Logger, bucket, found.Location, client.Location);
        }

        if (await client.Storage.FindMissingPermissionsAsync(bucket, Permissions).ConfigureAwait(false) is { Count: > 0 } missing)
        {
            ClientLog.PermissionsMissing(client.Logger, bucket, string.Join(", ", missing));
        }

        return found;
    }

    /// <summary>Whether a bucket lies where a job of a location reads it best: a region wants its own bucket, global takes any (protocol: 3.6, bucket region).</summary>
    internal static bool Suits(CloudBucket place, string location) =>
        location == VertexAISettings.DefaultLocation
        || place.Location.Length == 0
        || place.Location == location
        || (place.LocationType != "region" && location.StartsWith(place.Location == "eu" ? "europe-" : place.Location + "-", StringComparison.Ordinal))
        || (location is "us" or "eu" && place.Location.StartsWith(location, StringComparison.Ordinal));
}
