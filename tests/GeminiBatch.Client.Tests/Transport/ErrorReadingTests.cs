using System.Text;
using System.Text.Json;
using GeminiBatch.Client.Tests.Wire;

namespace GeminiBatch.Client.Tests.Transport;

/// <summary>Protocol 9.1: error answers in every shape.</summary>
public sealed class ErrorReadingTests
{
    [Theory]
    [InlineData("error_400_bad_key.json", 400, "INVALID_ARGUMENT", "API_KEY_INVALID", "GOOGLE_API_KEY")]
    [InlineData("error_400_jsonl_line.json", 400, "INVALID_ARGUMENT", null, "correct it")]
    [InlineData("error_400_mime.json", 400, "INVALID_ARGUMENT", null, "application/jsonl")]
    [InlineData("error_400_schema_states.json", 400, "INVALID_ARGUMENT", null, "schema smaller")]
    [InlineData("error_400_thinking_minimal.json", 400, "INVALID_ARGUMENT", null, "thinking level")]
    [InlineData("error_400_unknown_field.json", 400, "INVALID_ARGUMENT", null, "correct it")]
    [InlineData("error_403_file.json", 403, "PERMISSION_DENIED", null, "48 hours")]
    [InlineData("error_403_vertex_create.json", 403, "PERMISSION_DENIED", "IAM_PERMISSION_DENIED", "roles")]
    [InlineData("error_404.json", 404, "NOT_FOUND", null, "another key")]
    [InlineData("models_not_batch_capable_404.json", 404, "NOT_FOUND", null, "runs batches")]
    [InlineData("error_429_quota.json", 429, "RESOURCE_EXHAUSTED", null, "quota")]
    [InlineData("error_500.json", 500, "INTERNAL", null, "later")]
    [InlineData("error_503.json", 503, "UNAVAILABLE", null, "later")]
    [InlineData("error_array_wrapped.json", 503, "UNAVAILABLE", null, "later")]
    [InlineData("gcs_error_404.json", 404, null, null, "not exist")]
    public void Each_sample_is_read_with_status_reason_and_advice(string sample, int httpStatus, string? status, string? reason, string advice)
    {
        GeminiApiException exception = Read(SharedData.Sample(sample), httpStatus);

        Assert.Equal(status, exception.Status);
        Assert.Equal(reason, exception.Reason);
        Assert.Contains(advice, exception.Advice, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(exception.ServiceMessage.TrimEnd('.'), exception.Message, StringComparison.Ordinal);
        Assert.EndsWith(exception.Advice, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<!DOCTYPE html><html><head><title>Error 502</title></head><body><p>Bad <b>gateway</b></p></body></html>", "Error 502 Bad gateway")]
    [InlineData("upstream connect error\r\nor disconnect", "upstream connect error or disconnect")]
    [InlineData("", "the answer had no message")]
    [InlineData("\"a text\"", "\"a text\"")]
    [InlineData("{}", "the service gave no message")]
    [InlineData("[]", "the service gave no message")]
    [InlineData("{\"error\":\"invalid_grant\",\"error_description\":\"Bad Request\"}", "Bad Request")]
    public void An_answer_that_is_no_error_object_still_says_what_it_says(string body, string message)
    {
        GeminiApiException exception = Read(body, 502);

        Assert.Equal(message, exception.ServiceMessage);
        Assert.Null(exception.Status);
        Assert.True(exception.IsTransient);
    }

    [Fact]
    public void A_recorded_page_of_a_front_end_is_read_as_text()
    {
        string page = File.ReadAllText(SharedData.Path("real", "generate_content_responses", "fb_vertexai_unary-failure-invalid-location-url-not-found.html"));

        GeminiApiException exception = Read(page, 404);

        Assert.Contains("404", exception.ServiceMessage, StringComparison.Ordinal);
        Assert.DoesNotContain("<", exception.ServiceMessage, StringComparison.Ordinal);
        Assert.True(exception.ServiceMessage.Length <= 201);
    }

    [Fact]
    public void Every_recorded_error_body_is_read()
    {
        int count = 0;
        foreach (string path in Directory.EnumerateFiles(SharedData.Path("real", "generate_content_responses"), "*.json"))
        {
            byte[] body = File.ReadAllBytes(path);
            using JsonDocument document = JsonDocument.Parse(body);
            if (document.RootElement.TryGetProperty("error", out JsonElement error))
            {
                GeminiApiException exception = ErrorReading.Read("Asking", 400, body, retryAfter: null, text => text);
                Assert.Equal(error.GetProperty("status").GetString(), exception.Status);
                Assert.StartsWith(error.GetProperty("message").GetString()![..10], exception.ServiceMessage, StringComparison.Ordinal);
                count++;
            }
        }

        Assert.Equal(18, count);
    }

    [Fact]
    public void A_key_that_a_proxy_echoes_is_taken_out()
    {
        var credentials = new RequestCredentials("secret-key-1", null);

        GeminiApiException exception = ErrorReading.Read("Reading", 400, "no: x-goog-api-key: secret-key-1"u8.ToArray(), null, credentials.Redact);

        Assert.DoesNotContain("secret-key-1", exception.ToString(), StringComparison.Ordinal);
        Assert.Contains("[key]", exception.ServiceMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"error\":{\"message\":\"§\"}}", 1_995)]
    [InlineData("§", 195)]
    public void A_key_is_taken_out_whole_also_where_a_message_is_cut(string body, int before)
    {
        string message = new string('x', before) + "secret-key-1" + new string('x', 100);

        GeminiApiException exception = ErrorReading.Read("Reading", 400, Encoding.UTF8.GetBytes(body.Replace("§", message, StringComparison.Ordinal)), null, new RequestCredentials("secret-key-1", null).Redact);

        Assert.DoesNotContain("secr", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_a_proxy_echoes_is_taken_out()
    {
        await using StubServer server = await StubServer.StartAsync((400, "no: Authorization: Bearer token-1"));

        GeminiApiException exception = await Assert.ThrowsAsync<GeminiApiException>(() => server.VertexClient().Jobs.GetAsync("2", TestContext.Current.CancellationToken));

        Assert.DoesNotContain("token-1", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_message_is_shortened()
    {
        GeminiApiException exception = Read("{\"error\":{\"message\":\"" + new string('x', 50_000) + "\"}}", 400);

        Assert.Equal(2001, exception.ServiceMessage.Length);
    }

    private static GeminiApiException Read(string body, int status) =>
        ErrorReading.Read("Reading the job batches/x", status, Encoding.UTF8.GetBytes(body), retryAfter: null, text => text);
}
