using System.Text;
using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>
/// An uploaded file (protocol: 1.6). Its bytes lie in a blob, which outlives the file while a job still needs it; those of a registered one in the object that its
/// source names.
/// </summary>
internal sealed record StoredFile(
    string Id,
    string Owner,
    string Blob,
    string? DisplayName,
    string MimeType,
    long Size,
    string Sha256,
    DateTimeOffset CreateTime,
    string? Source = null)
{
    /// <summary>The 48 hours that a file lives (protocol: Files API).</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromHours(48);

    public string Name => "files/" + Id;

    public DateTimeOffset ExpirationTime => CreateTime + Lifetime;

    /// <summary>The resource as it is answered; <paramref name="downloadable"/> marks a GENERATED file.</summary>
    public JsonObject ToResource(Uri endpoint, bool downloadable = false, bool isProcessing = false)
    {
        var resource = new JsonObject { ["name"] = Name };
        if (!string.IsNullOrEmpty(DisplayName))
        {
            resource["displayName"] = DisplayName;
        }

        resource["mimeType"] = MimeType;
        resource["sizeBytes"] = Size.ToString(System.Globalization.CultureInfo.InvariantCulture);
        resource["createTime"] = ProtoJson.Timestamp(CreateTime);
        resource["updateTime"] = ProtoJson.Timestamp(CreateTime);
        resource["expirationTime"] = ProtoJson.Timestamp(ExpirationTime);
        // Base64 of the hex text, not of the hash: so recorded (protocol: 1.6).
        resource["sha256Hash"] = Convert.ToBase64String(Encoding.ASCII.GetBytes(Sha256));
        resource["uri"] = $"{endpoint}v1beta/{Name}";
        resource["state"] = isProcessing ? "PROCESSING" : "ACTIVE";
        resource["source"] = downloadable ? "GENERATED" : Source is null ? "UPLOADED" : "REGISTERED";
        if (downloadable)
        {
            resource["downloadUri"] = $"{endpoint}v1beta/{Name}:download?alt=media";
        }

        return resource;
    }

    public JsonObject ToState() => new()
    {
        ["id"] = Id,
        ["owner"] = Owner,
        ["blob"] = Blob,
        ["displayName"] = DisplayName,
        ["mimeType"] = MimeType,
        ["size"] = Size,
        ["sha256"] = Sha256,
        ["createTime"] = ProtoJson.Timestamp(CreateTime),
        ["source"] = Source,
    };

    public static StoredFile FromState(JsonNode state) => new(
        state.FindText("id")!,
        state.FindText("owner")!,
        state.FindText("blob")!,
        state.FindText("displayName"),
        state.FindText("mimeType")!,
        state.FindInteger("size") ?? 0,
        state.FindText("sha256")!,
        ProtoJson.ReadTimestamp(state.FindText("createTime")!),
        state.FindText("source"));
}
