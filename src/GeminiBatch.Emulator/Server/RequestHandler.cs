using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace GeminiBatch.Emulator;

/// <summary>Runs one request: routes it, turns errors into Google's bodies, lets faults have the last word, and records the call.</summary>
internal sealed class RequestHandler(Router router, FaultPlan faults, CallLog log, EmulatorClock clock)
{
    private const string InspectionPath = "/emulator/";

    public async Task HandleAsync(HttpContext http)
    {
        var call = new ApiCall(http, faults, clock);
        var status = 0;
        try
        {
            var reply = await AnswerAsync(call);
            status = reply.Status;
            Record(call, status);
            await WriteAsync(call, reply);
        }
        catch (LostConnectionException)
        {
            Record(call, 0);
            http.Abort();
        }
        catch (OperationCanceledException) when (call.Aborted.IsCancellationRequested)
        {
            Record(call, status);
        }
        catch (IOException)
        {
            // The client went away.
            Record(call, status);
            http.Abort();
        }
    }

    private async Task<ApiReply> AnswerAsync(ApiCall call)
    {
        ApiReply reply;
        try
        {
            reply = await router.RouteAsync(call);
        }
        catch (ApiException error)
        {
            return InDialect(call, ApiReply.From(error));
        }
        catch (RefusedByFaultException refusal)
        {
            return InDialect(call, refusal.Reply);
        }
        catch (Exception error) when (error is not (LostConnectionException or OperationCanceledException or IOException or BadHttpRequestException))
        {
            // A mistake of the emulator's own: answered in Google's shape, so that no client meets a reply that no server of Google's gives.
            return InDialect(call, new ApiReply(500, ApiException.Write(500, "INTERNAL", $"The emulator failed on this request: {error.GetType().Name}. This is a defect of the emulator, not of the request.", null)));
        }

        if (call.Fault(EmulatedFaultKind.LoseReply) is not null)
        {
            throw new LostConnectionException();
        }

        return call.Fault(EmulatedFaultKind.RefuseAfterEffect) is { } fault ? InDialect(call, FaultReply.For(fault)) : reply;
    }

    private static ApiReply InDialect(ApiCall call, ApiReply error) =>
        StorageRouter.IsStorage(call) && error.Body.Find("error") is JsonObject body && body.ContainsKey("status")
            ? error with { Body = StorageException.Rewrite(error.Body!) }
            : error;

    private void Record(ApiCall call, int status)
    {
        var path = call.Request.Path.Value ?? "";
        if (!path.StartsWith(InspectionPath, StringComparison.Ordinal))
        {
            log.Add(new EmulatedCall(call.Operation, call.Name, call.Request.Method, path, status, call.Arrived), RecordedRequest.Of(call));
        }
    }

    private static async Task WriteAsync(ApiCall call, ApiReply reply)
    {
        var response = call.Http.Response;
        response.StatusCode = reply.Status;
        foreach (var (name, value) in reply.Headers)
        {
            response.Headers.Append(name, value);
        }

        if (reply.ContentPath is { } path)
        {
            response.ContentType = reply.ContentType;
            await SendFileAsync(call, path);
            return;
        }

        byte[] body = reply.RawBody is { } raw ? System.Text.Encoding.UTF8.GetBytes(raw)
            : reply.Body is { } node ? [.. ProtoJson.ToPrettyUtf8(node), (byte)'\n']
            : [];
        if (reply.Status == StatusCodes.Status204NoContent)
        {
            // Even an empty body would make the server drop the connection, which a client that keeps it finds out at its next request.
            return;
        }

        if (body.Length > 0)
        {
            response.ContentType = reply.ContentType;
        }

        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, call.Aborted);
    }

    private static async Task SendFileAsync(ApiCall call, string path)
    {
        var response = call.Http.Response;
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, useAsync: true);
        var range = ByteRange.Read(call.Header("Range"), file.Length);
        if (range.IsUnsatisfiable)
        {
            response.StatusCode = 416;
            response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes */{file.Length}");
            response.ContentLength = 0;
            return;
        }

        if (range.IsPart)
        {
            response.StatusCode = 206;
            response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes {range.Start}-{range.Start + range.Length - 1}/{file.Length}");
        }

        file.Position = range.Start;
        response.ContentLength = range.Length;
        if (call.Fault(EmulatedFaultKind.BreakTransfer) is { } broken)
        {
            await SendAsync(call, file, Math.Min(broken.KeptBytes, range.Length));
            await response.Body.FlushAsync(call.Aborted);
            throw new LostConnectionException();
        }

        await SendAsync(call, file, range.Length);
    }

    private static async Task SendAsync(ApiCall call, FileStream file, long count)
    {
        var buffer = new byte[128 * 1024];
        while (count > 0)
        {
            var read = await file.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, count)), call.Aborted);
            if (read == 0)
            {
                return;
            }

            await call.Http.Response.Body.WriteAsync(buffer.AsMemory(0, read), call.Aborted);
            count -= read;
        }
    }
}
