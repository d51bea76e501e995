using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>A webhook of a project (protocol: 1.2, row 17). Its secret is told once, when it is made.</summary>
internal sealed record StoredWebhook(string Id, string Owner, string? DisplayName, string Uri, IReadOnlyList<string> Events, string Secret, DateTimeOffset CreateTime, DateTimeOffset UpdateTime)
{
    public string Name => "webhooks/" + Id;

    public bool Wants(string type) => Events.Count == 0 || Events.Contains(type, StringComparer.Ordinal);

    public JsonObject ToResource(bool withSecret = false)
    {
        var resource = new JsonObject { ["name"] = Name };
        if (!string.IsNullOrEmpty(DisplayName))
        {
            resource["displayName"] = DisplayName;
        }

        resource["uri"] = Uri;
        if (Events.Count > 0)
        {
            resource["subscribedEvents"] = new JsonArray([.. Events.Select(type => JsonValue.Create(type))]);
        }

        resource["state"] = "ENABLED";
        resource["createTime"] = ProtoJson.Timestamp(CreateTime);
        resource["updateTime"] = ProtoJson.Timestamp(UpdateTime);
        if (withSecret)
        {
            resource["newSigningSecret"] = Secret;
        }

        return resource;
    }

    public JsonObject ToState() => new()
    {
        ["id"] = Id,
        ["owner"] = Owner,
        ["displayName"] = DisplayName,
        ["uri"] = Uri,
        ["events"] = new JsonArray([.. Events.Select(type => JsonValue.Create(type))]),
        ["secret"] = Secret,
        ["createTime"] = ProtoJson.Timestamp(CreateTime),
        ["updateTime"] = ProtoJson.Timestamp(UpdateTime),
    };

    public static StoredWebhook FromState(JsonNode state) => new(
        state.FindText("id")!,
        state.FindText("owner")!,
        state.FindText("displayName"),
        state.FindText("uri")!,
        [.. state.Find("events").Items().Select(type => type.GetValue<string>())],
        state.FindText("secret")!,
        ProtoJson.ReadTimestamp(state.FindText("createTime")!),
        ProtoJson.ReadTimestamp(state.FindText("updateTime")!));
}
