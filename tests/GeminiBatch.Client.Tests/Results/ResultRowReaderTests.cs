using System.Text;
using FsCheck;
using FsCheck.Fluent;
using GeminiBatch.Client.Tests.Wire;
using GeminiBatch.Testing;

namespace GeminiBatch.Client.Tests.Results;

/// <summary>Protocol 6: the row outcome decision table, and rows that are broken in every way.</summary>
public sealed class ResultRowReaderTests
{
    [Theory]
    [InlineData("\"STOP\"", RowReason.Answered, "answered", RetryAdvice.Never)]
    [InlineData("1", RowReason.Answered, "answered", RetryAdvice.Never)]
    [InlineData("\"MAX_TOKENS\"", RowReason.Truncated, "truncated", RetryAdvice.RetryWithLargerBudget)]
    [InlineData("2", RowReason.Truncated, "truncated", RetryAdvice.RetryWithLargerBudget)]
    [InlineData("\"SAFETY\"", RowReason.OutputBlocked, "output_blocked", RetryAdvice.Never)]
    [InlineData("3", RowReason.OutputBlocked, "output_blocked", RetryAdvice.Never)]
    [InlineData("\"PROHIBITED_CONTENT\"", RowReason.OutputBlocked, "output_blocked", RetryAdvice.Never)]
    [InlineData("\"BLOCKLIST\"", RowReason.OutputBlocked, "output_blocked", RetryAdvice.Never)]
    [InlineData("\"SPII\"", RowReason.OutputBlocked, "output_blocked", RetryAdvice.Never)]
    [InlineData("\"MODEL_ARMOR\"", RowReason.OutputBlocked, "output_blocked", RetryAdvice.Never)]
    [InlineData("\"IMAGE_SAFETY\"", RowReason.OutputBlocked, "output_blocked", RetryAdvice.Never)]
    [InlineData("\"IMAGE_RECITATION\"", RowReason.OutputBlocked, "output_blocked", RetryAdvice.Never)]
    [InlineData("\"RECITATION\"", RowReason.Recitation, "recitation", RetryAdvice.RetryWithChangedPrompt)]
    [InlineData("4", RowReason.Recitation, "recitation", RetryAdvice.RetryWithChangedPrompt)]
    [InlineData("\"MALFORMED_FUNCTION_CALL\"", RowReason.MalformedFunctionCall, "malformed_function_call", RetryAdvice.RetryOnce)]
    [InlineData("\"UNEXPECTED_TOOL_CALL\"", RowReason.MalformedFunctionCall, "malformed_function_call", RetryAdvice.RetryOnce)]
    [InlineData("\"OTHER\"", RowReason.Other, "other_finish", RetryAdvice.RetryOnce)]
    [InlineData("\"LANGUAGE\"", RowReason.Other, "other_finish", RetryAdvice.RetryOnce)]
    [InlineData("\"A_NEW_REASON\"", RowReason.Other, "other_finish", RetryAdvice.RetryOnce)]
    [InlineData("77", RowReason.Other, "other_finish", RetryAdvice.RetryOnce)]
    [InlineData("null", RowReason.Other, "no_finish_reason", RetryAdvice.RetryOnce)]
    public void Each_finish_reason_has_its_outcome(string finishReason, RowReason reason, string code, RetryAdvice retry)
    {
        ResultRow row = Read($$$"""{"key":"k","response":{"candidates":[{"content":{"parts":[{"text":"{}"}]},"finishReason":{{{finishReason}}}}]}}""");

        Assert.Equal(reason, row.Outcome.Reason);
        Assert.Equal(code, row.Outcome.Code);
        Assert.Equal(retry, row.Outcome.Retry);
        Assert.Equal("{}", row.AnswerText);
        Assert.Equal(reason == RowReason.Answered, row.Outcome.IsAnswer);
    }

    [Theory]
    [InlineData("""{"candidates":[{"finishReason":"STOP"}]}""")]
    [InlineData("""{"candidates":[{"content":{},"finishReason":"STOP"}]}""")]
    [InlineData("""{"candidates":[{"content":{"role":"model"},"finishReason":"STOP"}]}""")]
    [InlineData("""{"candidates":[{"content":{"parts":[]},"finishReason":"STOP"}]}""")]
    [InlineData("""{"candidates":[{"content":{"parts":[{"text":" \n"}]},"finishReason":"STOP"}]}""")]
    [InlineData("""{"candidates":[{"content":{"parts":[{"text":"x","thought":true}]},"finishReason":"STOP"}]}""")]
    [InlineData("""{"candidates":[{"content":{"parts":[{"functionCall":{"name":"f"}}]},"finishReason":"STOP"}]}""")]
    [InlineData("""{"candidates":[],"usageMetadata":{}}""")]
    public void A_stop_without_a_text_is_no_success(string response)
    {
        ResultRow row = Read($$"""{"response":{{response}},"key":"k"}""");

        Assert.Equal(RowReason.Empty, row.Outcome.Reason);
        Assert.NotNull(row.ErrorMessage);
    }

    [Theory]
    [InlineData("""{"key":"k","error":{"code":13,"message":"m"}}""", 13, RetryAdvice.Retry)]
    [InlineData("""{"error":{"message":"m","code":8},"key":"k"}""", 8, RetryAdvice.Retry)]
    [InlineData("""{"key":"k","error":{"code":9,"message":"m"}}""", 9, RetryAdvice.RetryOnce)]
    [InlineData("""{"key":"k","error":{"code":7,"message":"m"}}""", 7, RetryAdvice.Never)]
    [InlineData("""{"key":"k","error":{"code":1,"message":"m"}}""", 1, RetryAdvice.Retry)]
    [InlineData("""{"key":"k","error":{"code":429,"message":"m","status":"RESOURCE_EXHAUSTED"}}""", 8, RetryAdvice.Retry)]
    [InlineData("""{"key":"k","error":{"code":503,"message":"m"}}""", 14, RetryAdvice.Retry)]
    [InlineData("""{"key":"k","error":{"code":400,"message":"m","status":"FAILED_PRECONDITION"}}""", 9, RetryAdvice.RetryOnce)]
    [InlineData("""{"key":"k","error":"m"}""", null, RetryAdvice.RetryOnce)]
    [InlineData("""{"key":"k","status":{"code":4,"message":"m"}}""", 4, RetryAdvice.Retry)]
    [InlineData("""{"key":"k","status":"Bad Request: {\"error\": {\"code\": 400, \"message\": \"m\", \"status\": \"INVALID_ARGUMENT\"}}","response":{}}""", 3, RetryAdvice.Never)]
    [InlineData("""{"key":"k","status":"m"}""", null, RetryAdvice.RetryOnce)]
    [InlineData("""{"key":"k","response":{"error":{"code":13,"message":"m"}}}""", 13, RetryAdvice.Retry)]
    public void Each_form_of_a_row_error_is_read_with_its_code(string line, int? code, RetryAdvice retry)
    {
        ResultRow row = Read(line);

        Assert.Equal("row_error", row.Outcome.Code);
        Assert.Equal(code, row.ErrorCode);
        Assert.Equal("m", row.ErrorMessage);
        Assert.Equal(retry, row.Outcome.Retry);
        Assert.Equal("k", row.Key);
    }

    [Theory]
    [InlineData("""{"key":"a","metadata":{"key":"b"},"error":"x"}""", "a")]
    [InlineData("""{"key":7,"error":"x"}""", "7")]
    [InlineData("""{"metadata":{"key":"b"},"error":"x"}""", "b")]
    [InlineData("""{"metadata":{"request_id":"c"},"error":"x"}""", "c")]
    [InlineData("""{"metadata":"{\"key\":\"d\"}","error":"x"}""", "d")]
    [InlineData("""{"metadata":"not json","error":"x"}""", null)]
    [InlineData("""{"request":{"labels":{"custom_id":"e"}},"status":"x"}""", "e")]
    [InlineData("""{"error":"x"}""", null)]
    public void The_key_is_found_where_either_backend_puts_it(string line, string? key) => Assert.Equal(key, Read(line).Key);

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"key":"k"}""")]
    [InlineData("""{"key":"k","response":"text"}""")]
    [InlineData("""{"key":"k","response":{}}""")]
    [InlineData("""{"key":"k","response":{"embedding":{"values":[]}}}""")]
    [InlineData("""{"key":"k","status":""}""")]
    [InlineData("{\"\\ud800\":1,\"key\":\"k\"}")]
    public void A_row_that_says_nothing_is_malformed_and_never_throws(string line)
    {
        ResultRow row = Read(line);

        Assert.Equal("malformed_row", row.Outcome.Code);
        Assert.NotNull(row.ErrorMessage);
    }

    [Fact]
    public void Half_a_surrogate_pair_becomes_a_replacement_character_and_the_rest_is_kept()
    {
        ResultRow row = Read("""{"response":{"candidates":[{"content":{"parts":[{"text":"a\ud83db\n\u00e9\ud83d\ude00\\"}]},"finishReason":"STOP"}]}}""");

        Assert.Equal("a\uFFFDb\né😀\\", row.AnswerText);
        Assert.True(row.Outcome.IsAnswer);
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_become_replacement_characters()
    {
        byte[] line = [.. """{"response":{"candidates":[{"content":{"parts":[{"text":"a"""u8, 0xFF, .. """b"}]},"finishReason":"STOP"}]}}"""u8];

        Assert.Equal("a\uFFFDb", ResultRowReader.Read(line).AnswerText);
    }

    [Fact]
    public void The_message_of_a_malformed_row_does_not_quote_it()
    {
        ResultRow row = Read("""{"key":"k","response":{"candidates":[{"content":{"parts":[{"text":"private words""");

        Assert.DoesNotContain("private", row.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_bytes_are_read_without_an_exception() =>
        Prop.ForAll<byte[]>(bytes => ResultRowReader.Read(bytes ?? []).Outcome is not null).Check(PropertyRounds.Of(100));

    [Fact]
    public void A_recorded_row_with_any_byte_changed_is_read_without_an_exception()
    {
        byte[][] rows = [.. SharedData.Lines("real", "results_vertex.jsonl").Concat(SharedData.Lines("real", "results_inline.jsonl")).Select(Encoding.UTF8.GetBytes)];
        Gen<(int Row, int At, byte Value)> spoiled =
            from row in Gen.Choose(0, rows.Length - 1)
            from at in Gen.Choose(0, rows[row].Length - 1)
            from value in Gen.Choose(0, 255)
            select (row, at, (byte)value);

        Prop.ForAll(spoiled.ToArbitrary(), change =>
        {
            byte[] row = [.. rows[change.Row]];
            row[change.At] = change.Value;
            return ResultRowReader.Read(row).Outcome is not null && ResultRowReader.Read(row.AsMemory(0, change.At)).Outcome is not null;
        }).Check(PropertyRounds.Of(2000));
    }

    private static ResultRow Read(string line) => ResultRowReader.Read(Encoding.UTF8.GetBytes(line));
}
