using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace GeminiBatch.Emulator;

/// <summary>Runs one request: routes it, turns errors into Google's bodies, lets faults have the last word, and records the call.</summary>
internal sealed class RequestHandler(Router router, FaultPlan faults, CallLog log, TimeProvider clock)
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
            return ApiReply.From(error);
        }
        catch (RefusedByFaultException refusal)
        {
            return refusal.Reply;
        }

        if (call.Fault(EmulatedFaultKind.LoseReply) is not null)
        {
            throw new LostConnectionException();
        }

        return call.Fault(EmulatedFaultKind.RefuseAfterEffect) is { } fault ? FaultReply.For(fault) : reply;
    }

    private void Record(ApiCall call, int status)
    {
        var path = call.Request.Path.Value ?? "";
        if (!path.StartsWith(InspectionPath, StringComparison.Ordinal))
        {
            log.Add(new EmulatedCall(call.Operation, call.Name, call.Request.Method, path, status, call.Arrived));
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
        var start = RangeStart(call.Header("Range"), file.Length);
        if (start > 0)
        {
            response.StatusCode = 206;
            response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes {start}-{file.Length - 1}/{file.Length}");
            file.Position = start;
        }

        response.ContentLength = file.Length - start;
        if (call.Fault(EmulatedFaultKind.BreakTransfer) is { } broken)
        {
            var kept = new byte[Math.Min(broken.KeptBytes, file.Length - start)];
            await file.ReadExactlyAsync(kept, call.Aborted);
            await response.Body.WriteAsync(kept, call.Aborted);
            await response.Body.FlushAsync(call.Aborted);
            throw new LostConnectionException();
        }

        await file.CopyToAsync(response.Body, 128 * 1024, call.Aborted);
    }

    /// <summary>Open-ended ranges resume a download; any other form is answered whole, as the standard allows.</summary>
    private static long RangeStart(string? range, long length) =>
        range is not null
        && range.StartsWith("bytes=", StringComparison.Ordinal)
        && range.EndsWith('-')
        && long.TryParse(range.AsSpan(6, range.Length - 7), NumberStyles.None, CultureInfo.InvariantCulture, out var start)
        && start < length
            ? start
            : 0;
}
