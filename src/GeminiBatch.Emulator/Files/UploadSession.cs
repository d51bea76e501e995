using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>One resumable upload: what was announced, and the blob that grows as bytes arrive. What was written stays, whatever ends the request or the process.</summary>
internal sealed class UploadSession(string id, string owner, string? fileId, string? displayName, string mimeType, long? announcedSize) : IDisposable
{
    private IncrementalHash? hash;

    public string Id { get; } = id;

    public string Owner { get; } = owner;

    /// <summary>The file id that the client chose, if it did.</summary>
    public string? FileId { get; } = fileId;

    public string? DisplayName { get; } = displayName;

    public string MimeType { get; } = mimeType;

    public long? AnnouncedSize { get; } = announcedSize;

    /// <summary>One request at a time; a query waits until a broken chunk has ended.</summary>
    public SemaphoreSlim Turn { get; } = new(1, 1);

    public string LogicalName => FileId ?? DisplayName ?? "";

    public JsonObject ToState() => new()
    {
        ["id"] = Id,
        ["owner"] = Owner,
        ["fileId"] = FileId,
        ["displayName"] = DisplayName,
        ["mimeType"] = MimeType,
        ["announcedSize"] = AnnouncedSize,
    };

    public static UploadSession FromState(JsonNode state) => new(
        state.FindText("id")!,
        state.FindText("owner")!,
        state.FindText("fileId"),
        state.FindText("displayName"),
        state.FindText("mimeType")!,
        state.FindInteger("announcedSize"));

    /// <summary>The running hash, caught up with what an earlier process received.</summary>
    public async Task<IncrementalHash> HashAsync(string blobPath, CancellationToken ct)
    {
        if (hash is null)
        {
            hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            await using var received = new FileStream(blobPath, FileMode.OpenOrCreate, FileAccess.Read);
            var buffer = new byte[128 * 1024];
            int count;
            while ((count = await received.ReadAsync(buffer, ct)) > 0)
            {
                hash.AppendData(buffer.AsSpan(0, count));
            }
        }

        return hash;
    }

    public void Dispose()
    {
        hash?.Dispose();
        Turn.Dispose();
    }
}
