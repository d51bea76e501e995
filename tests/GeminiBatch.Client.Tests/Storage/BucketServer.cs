using System.Globalization;
using System.Text;
using GeminiBatch.Client.Tests.Wire;
using Microsoft.AspNetCore.Http;

namespace GeminiBatch.Client.Tests.Storage;

/// <summary>A bucket of protocol 4 in memory, with a hook that may spoil any exchange.</summary>
internal sealed class BucketServer
{
    private readonly SortedDictionary<string, (byte[] Bytes, long Generation, string Metadata)> _objects = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _counts = [];
    private readonly List<byte> _kept = [];
    private string _name = "";
    private string _metadata = "{}";
    private long _size;
    private long _generation = 1_000;

    /// <summary>Called for each request before it is handled, with what it is (<c>start</c>, <c>chunk</c>, <c>query</c>, <c>get</c>, <c>media</c>, <c>list</c>, <c>bucket</c>) and its number of that kind; true when it answered itself.</summary>
    public Func<string, int, HttpContext, StubRequest, Task<bool>> Spoil { get; init; } = (_, _, _, _) => Task.FromResult(false);

    /// <summary>Whether the reply to a request is lost after it took effect.</summary>
    public Func<string, int, bool> LosesReply { get; init; } = static (_, _) => false;

    public int PageSize { get; init; } = 1_000;

    public Action<List<byte>>? OnStored { get; init; }

    public IReadOnlyDictionary<string, (byte[] Bytes, long Generation, string Metadata)> Objects => _objects;

    public Task<StubServer> StartAsync() => StubServer.StartAsync(HandleAsync);

    public void Put(string name, byte[] bytes) => _objects[name] = (bytes, ++_generation, "{}");

    public void Put(string name, string text) => Put(name, Encoding.UTF8.GetBytes(text));

    public void Keep(IEnumerable<byte> bytes) => _kept.AddRange(bytes);

    private async Task HandleAsync(StubRequest request, HttpContext context)
    {
        string path = request.Path.Split('?')[0];
        string range = request.Header("Content-Range") ?? "";
        string kind = request.Method switch
        {
            "POST" when path.StartsWith("/upload/", StringComparison.Ordinal) => "start",
            "PUT" => range.StartsWith("bytes */", StringComparison.Ordinal) && _size > 0 ? "query" : "chunk",
            "DELETE" => "delete",
            "POST" => "create-bucket",
            _ when path.EndsWith("/o", StringComparison.Ordinal) => "list",
            _ when !path.Contains("/o/", StringComparison.Ordinal) => "bucket",
            _ => context.Request.Query["alt"] == "media" ? "media" : "get",
        };
        _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
        if (await Spoil(kind, _counts[kind], context, request))
        {
            return;
        }

        HttpResponse response = context.Response;
        string name = path.Contains("/o/", StringComparison.Ordinal) ? Uri.UnescapeDataString(path[(path.IndexOf("/o/", StringComparison.Ordinal) + 3)..]) : "";
        switch (kind)
        {
            case "start":
                string? wanted = context.Request.Query["ifGenerationMatch"];
                long current = _objects.TryGetValue(context.Request.Query["name"]!, out var existing) ? existing.Generation : 0;
                if (wanted is not null && wanted != current.ToString(CultureInfo.InvariantCulture))
                {
                    await FailAsync(response, 412, "conditionNotMet");
                    return;
                }

                (_name, _metadata, _size) = (context.Request.Query["name"]!, request.Text, long.Parse(request.Header("X-Upload-Content-Length")!, CultureInfo.InvariantCulture));
                _kept.Clear();
                response.Headers.Location = "http://storage.example.test:81/upload/storage/v1/b/demo-bucket/o?uploadType=resumable&upload_id=abc";
                break;
            case "chunk" or "query":
                if (kind == "chunk")
                {
                    Assert.True(request.Body.Length == 0 || range.StartsWith($"bytes {_kept.Count}-", StringComparison.Ordinal), $"The chunk '{range}' does not begin at byte {_kept.Count}.");
                    _kept.AddRange(request.Body);
                }

                await ReplyAsync(response, LosesReply(kind, _counts[kind]));
                break;
            case "list":
                await ListAsync(context);
                break;
            case "bucket":
                await response.WriteAsync("""{"name":"demo-bucket","location":"US-CENTRAL1","locationType":"region"}""");
                break;
            case "delete":
                response.StatusCode = _objects.Remove(name) ? 204 : 404;
                break;
            case "get" when _objects.ContainsKey(name):
                await response.WriteAsync(Json(name));
                break;
            case "media" when _objects.ContainsKey(name):
                await SendAsync(request, context, _objects[name].Bytes);
                break;
            default:
                await FailAsync(response, 404, "notFound");
                break;
        }
    }

    private async Task ReplyAsync(HttpResponse response, bool isLost)
    {
        if (_kept.Count < _size)
        {
            response.StatusCode = 308;
            if (_kept.Count > 0)
            {
                response.Headers["Range"] = $"bytes=0-{_kept.Count - 1}";
            }

            return;
        }

        OnStored?.Invoke(_kept);
        _objects[_name] = ([.. _kept], ++_generation, _metadata);
        if (isLost)
        {
            response.HttpContext.Abort();
            return;
        }

        await response.WriteAsync(Json(_name));
    }

    private async Task ListAsync(HttpContext context)
    {
        string prefix = context.Request.Query["prefix"]!;
        string? after = context.Request.Query["pageToken"];
        List<string> names = [.. _objects.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && (after is null || string.CompareOrdinal(name, after) > 0))];
        string items = names.Count == 0 ? "" : $",\"items\":[{string.Join(',', names.Take(PageSize).Select(Json))}]";
        string token = names.Count > PageSize ? $",\"nextPageToken\":\"{names[PageSize - 1]}\"" : "";
        await context.Response.WriteAsync($"{{\"kind\":\"storage#objects\"{items}{token}}}");
    }

    private static async Task SendAsync(StubRequest request, HttpContext context, byte[] bytes)
    {
        int from = request.Header("Range") is { } range ? int.Parse(range["bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture) : 0;
        if (from > 0)
        {
            context.Response.StatusCode = 206;
            context.Response.Headers.ContentRange = $"bytes {from}-{bytes.Length - 1}/{bytes.Length}";
        }

        context.Response.ContentLength = bytes.Length - from;
        await context.Response.Body.WriteAsync(bytes.AsMemory(from));
    }

    private static Task FailAsync(HttpResponse response, int status, string reason)
    {
        response.StatusCode = status;
        return response.WriteAsync($$$"""{"error":{"code":{{{status}}},"message":"{{{reason}}}","errors":[{"message":"{{{reason}}}","domain":"global","reason":"{{{reason}}}"}]}}""");
    }

    private string Json(string name)
    {
        (byte[] bytes, long generation, string metadata) = _objects[name];
        var crc = default(Crc32C);
        crc.Append(bytes);
        string members = metadata.Trim().TrimStart('{').TrimEnd('}');
        return $"{{\"bucket\":\"demo-bucket\",\"name\":\"{name}\",\"size\":\"{bytes.Length}\",\"generation\":\"{generation}\",\"crc32c\":\"{Crc32C.ToBase64(crc.Value)}\",\"timeCreated\":\"2026-11-22T08:00:00.123Z\"{(members.Length > 0 ? "," + metadata.Trim()[1..^1] : "")}}}";
    }
}
