using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using GeminiBatch.Testing;

namespace GeminiBatch.Emulator.Tests;

public sealed class MediaTests
{
    private const string InvoiceSchema = """{"responseMimeType":"application/json","responseSchema":{"type":"OBJECT","properties":{"invoiceNumber":{"type":"STRING"},"total":{"type":"NUMBER"}}}}""";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_text_of_a_PDF_is_read(bool isPacked)
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var pdf = Pdf("BT /F1 12 Tf 72 720 Td (Invoice number: A-17) Tj 0 -14 Td [(Total: 1)-20(2.50 EUR \\(net\\))] TJ ET", isPacked);
        var answer = await AskAsync(fixture, "application/pdf", pdf, InvoiceSchema);
        var record = JsonNode.Parse(TextOf(answer))!;
        Assert.Equal(("A-17", 12.5), ((string?)record["invoiceNumber"], (double)record["total"]!));
    }

    [Fact]
    public void Octal_hex_and_moved_texts_of_a_PDF_are_read_and_pictures_are_left_out()
    {
        var content = Encoding.Latin1.GetString(Pdf("BT (caf\\351) Tj 10 0 Td <4B> Tj T* (next) ' ET", isPacked: false));
        Assert.Equal("café  K\nnext\n", PdfText.Read(Encoding.Latin1.GetBytes(content)));
        Assert.Equal("", PdfText.Read("%PDF-1.4 garbage stream without an end"u8));
    }

    [Fact]
    public async Task Of_a_picture_format_size_and_palette_are_told()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var image = await GenerateAsync(fixture, "IMAGE");
        var picture = Convert.FromBase64String((string)PartOf(image, "inlineData")!["data"]!);
        var facts = ImageFacts.Read(picture)!;
        Assert.Equal(("PNG", 16, 16), (facts.Format, facts.Width, facts.Height));
        Assert.Matches(@"\A#[0-9a-f]{6}\z", Assert.Single(facts.Palette));
        var answer = TextOf(await AskAsync(fixture, "image/png", picture, "{}"));
        Assert.Contains("Format: PNG", answer, StringComparison.Ordinal);
        Assert.Contains("Width: 16", answer, StringComparison.Ordinal);
        Assert.Contains(facts.Palette[0], answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Speech_is_a_WAV_that_says_its_own_length()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var answer = await GenerateAsync(fixture, "AUDIO");
        var sound = Convert.FromBase64String((string)PartOf(answer, "inlineData")!["data"]!);
        Assert.Equal("RIFF", Encoding.ASCII.GetString(sound, 0, 4));
        Assert.Equal(sound.Length - 8, BinaryPrimitives.ReadInt32LittleEndian(sound.AsSpan(4)));
        Assert.Null(PartOf(answer, "text"));
    }

    private static Task<JsonNode> GenerateAsync(EmulatorFixture fixture, string modality) =>
        PostAsync(fixture, JsonNode.Parse($$$"""{"contents":[{"parts":[{"text":"a red square"}]}],"generationConfig":{"responseModalities":["{{{modality}}}"]}}""")!);

    private static Task<JsonNode> AskAsync(EmulatorFixture fixture, string mimeType, byte[] bytes, string settings) =>
        PostAsync(fixture, JsonNode.Parse($$$"""{"contents":[{"parts":[{"inlineData":{"mimeType":"{{{mimeType}}}","data":"{{{Convert.ToBase64String(bytes)}}}"}},{"text":"Read this."}]}],"generationConfig":{{{settings}}}}""")!);

    private static async Task<JsonNode> PostAsync(EmulatorFixture fixture, JsonNode request)
    {
        using var response = await fixture.Http.PostJsonAsync("v1beta/models/gemini-3.5-flash-lite:generateContent", request);
        await response.RequireSuccessAsync();
        return await response.JsonAsync();
    }

    private static string TextOf(JsonNode answer) => (string)PartOf(answer, "text")!;

    private static JsonNode? PartOf(JsonNode answer, string member) =>
        answer["candidates"]![0]!["content"]!["parts"]!.AsArray().Select(part => part![member]).FirstOrDefault(found => found is not null);

    private static byte[] Pdf(string content, bool isPacked)
    {
        var bytes = Encoding.Latin1.GetBytes(content);
        if (isPacked)
        {
            using var packed = new MemoryStream();
            using (var packer = new ZLibStream(packed, CompressionLevel.Optimal))
            {
                packer.Write(bytes);
            }

            bytes = packed.ToArray();
        }

        var head = string.Create(CultureInfo.InvariantCulture, $"%PDF-1.4\n4 0 obj\n<< /Length {bytes.Length} {(isPacked ? "/Filter /FlateDecode " : "")}>>\nstream\n");
        return [.. Encoding.Latin1.GetBytes(head), .. bytes, .. "\nendstream\nendobj\n%%EOF"u8];
    }
}
