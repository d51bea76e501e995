using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>Webhook resources (protocol: 1.2, row 17).</summary>
internal sealed class WebhooksEndpoint(WebhookCollection webhooks, WebhookDispatcher dispatcher, TimeProvider clock)
{
    /// <summary>Null where the path is not a webhook's. The path is what follows v1beta.</summary>
    public Task<ApiReply>? Route(ApiCall call, string[] path) => (call.Request.Method, path) switch
    {
        ("POST", ["webhooks"]) => CreateAsync(call),
        ("GET", ["webhooks"]) => ListAsync(call),
        ("GET", ["webhooks", var id]) => GetAsync(call, id),
        ("PATCH", ["webhooks", var id]) => UpdateAsync(call, id),
        ("DELETE", ["webhooks", var id]) => DeleteAsync(call, id),
        _ => null,
    };

    private async Task<ApiReply> CreateAsync(ApiCall call)
    {
        var body = await BodyAsync(call, "");
        var created = webhooks.Create(call.Owner, body.FindText("displayName"), Address(body), Events(body));
        dispatcher.WatchOpen(call.Owner);
        return ApiReply.Ok(created.ToResource(withSecret: true));
    }

    private async Task<ApiReply> ListAsync(ApiCall call)
    {
        await call.EnterAsync(EmulatedOperation.ManageWebhooks, "");
        return Page.Of(call, "webhooks", webhooks.List(call.Owner), webhook => webhook.Name, webhook => webhook.ToResource(), defaultSize: 50, maxSize: 100);
    }

    private async Task<ApiReply> GetAsync(ApiCall call, string id)
    {
        await call.EnterAsync(EmulatedOperation.ManageWebhooks, id);
        return ApiReply.Ok(webhooks.Get(call.Owner, id).ToResource());
    }

    private async Task<ApiReply> UpdateAsync(ApiCall call, string id)
    {
        var body = await BodyAsync(call, id);
        var webhook = webhooks.Get(call.Owner, id);
        return ApiReply.Ok(webhooks.Save(webhook with
        {
            DisplayName = body.FindText("displayName") ?? webhook.DisplayName,
            Uri = body.Find("uri") is null ? webhook.Uri : Address(body),
            Events = body.Find("subscribedEvents") is null ? webhook.Events : Events(body),
            UpdateTime = clock.GetUtcNow(),
        }).ToResource());
    }

    private async Task<ApiReply> DeleteAsync(ApiCall call, string id)
    {
        await call.EnterAsync(EmulatedOperation.ManageWebhooks, id);
        webhooks.Delete(webhooks.Get(call.Owner, id));
        return ApiReply.Empty;
    }

    private static async Task<JsonNode?> BodyAsync(ApiCall call, string id)
    {
        var body = await call.ReadBodyAsync();
        await call.EnterAsync(EmulatedOperation.ManageWebhooks, id);
        InlineCheck.Check(body, "Webhook");
        return body;
    }

    private static string Address(JsonNode? body) => body.FindText("uri") is { } text && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
        ? text
        : throw ApiException.InvalidArgument("* CreateWebhookRequest.webhook.uri: uri must be an http or https address");

    private static List<string> Events(JsonNode? body) => [.. body.Find("subscribedEvents").Items().Select(type => type.GetValue<string>())];
}
