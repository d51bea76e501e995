using System.Text;

namespace GeminiBatch.Tests.Documents;

public sealed class DocumentTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gemini-batch-documents-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_folder_gives_its_files_in_ordinal_order_with_relative_ids()
    {
        Write("b.txt");
        Write("a/z.txt");
        Write("a/B.txt");
        Write("notes.md");
        Write(".hidden.txt");
        var skipped = new List<SkippedDocument>();
        var ids = await Ids(BatchDocument.FromFolder(_folder, options: new FolderOptions { Skipped = skipped.Add }));

        Assert.Equal(["a/B.txt", "a/z.txt", "b.txt"], ids);
        Assert.Equal([(".hidden.txt", "hidden"), ("notes.md", "not_matched")], skipped.Select(static skip => (skip.Id, skip.Reason)).Order());
        Assert.Equal(["b.txt", "notes.md"], await Ids(BatchDocument.FromFolder(_folder, "*.txt;*.md", new FolderOptions { Recursive = false })));
    }

    [Fact]
    public async Task A_missing_an_empty_and_an_unmatched_folder_are_told_apart()
    {
        await AssertReason("missing_folder", Path.Combine(_folder, "none"));
        await AssertReason("empty_folder", _folder);
        Write("a.csv");
        await AssertReason("empty_folder", _folder);
        await AssertReason("not_a_folder", Path.Combine(_folder, "a.csv"));
    }

    [Fact]
    public async Task A_folder_within_that_cannot_be_read_is_named_and_the_others_are_taken()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "Every folder can be read by this user.");
        Directory.CreateDirectory(Path.Combine(_folder, "open"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "open", "a.txt"), "a", TestContext.Current.CancellationToken);
        var closed = Directory.CreateDirectory(Path.Combine(_folder, "closed"));
#pragma warning disable CA1416 // Skipped on Windows.
        closed.UnixFileMode = UnixFileMode.None;
        var skipped = new List<SkippedDocument>();
        var documents = await BatchDocument.FromFolder(_folder, options: new FolderOptions { Skipped = skipped.Add }).ToListAsync(TestContext.Current.CancellationToken);
        closed.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
#pragma warning restore CA1416
        Assert.Equal("open/a.txt", Assert.Single(documents).Id);
        Assert.Equal(("closed/", "unreadable"), (Assert.Single(skipped).Id, skipped[0].Reason));
    }

    [Fact]
    public async Task A_loop_of_links_ends()
    {
        Write("a.txt");
        Directory.CreateSymbolicLink(Path.Combine(_folder, "loop"), _folder);
        Assert.Equal(["a.txt"], await Ids(BatchDocument.FromFolder(_folder)));
    }

    [Fact]
    public async Task What_cannot_be_read_is_an_error_that_names_it()
    {
        File.CreateSymbolicLink(Path.Combine(_folder, "dangling.txt"), Path.Combine(_folder, "gone.txt"));
        Write("empty.txt", "");
        Write("blank.txt", " \n");
        await File.WriteAllBytesAsync(Path.Combine(_folder, "latin.txt"), [0x52, 0xE9, 0x73], TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(_folder, "thing.xyz"), [0, 1, 2, 3], TestContext.Current.CancellationToken);

        Assert.Equal("dangling_link", await Reason("dangling.txt"));
        Assert.Equal("missing", await Reason("never.txt"));
        Assert.Equal("empty", await Reason("empty.txt"));
        Assert.Equal("empty", await Reason("blank.txt"));
        Assert.Equal("undecodable", await Reason("latin.txt"));
        Assert.Equal("unknown_type", await Reason("thing.xyz"));
        Assert.Equal("undecodable", (await Assert.ThrowsAsync<DocumentException>(() => Read(BatchDocument.FromText("x", "\ud800")))).Reason);
    }

    [Fact]
    public async Task Byte_order_marks_are_read_and_left_out()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "utf8.txt"), "Größe", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_folder, "utf16.txt"), "Größe", Encoding.Unicode, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_folder, "utf16be.txt"), "Größe", Encoding.BigEndianUnicode, TestContext.Current.CancellationToken);
        foreach (var name in (string[])["utf8.txt", "utf16.txt", "utf16be.txt"])
        {
            var part = Assert.IsType<SpoolPart.Text>(Assert.Single(await Read(BatchDocument.FromFile(Path.Combine(_folder, name)))));
            Assert.Equal("Größe", Encoding.UTF8.GetString(part.Utf8.Span));
        }
    }

    [Fact]
    public async Task Media_are_kept_in_the_content_store_under_their_hash()
    {
        byte[] bytes = [0, 1, 2, 255];
        await File.WriteAllBytesAsync(Path.Combine(_folder, "scan.png"), bytes, TestContext.Current.CancellationToken);
        var store = new ContentStore(Path.Combine(_folder, "store"));
        var parts = (await Reader(store).ReadAsync(
            new BatchDocument { Id = "x", Parts = [BatchDocumentPart.LocalFile(Path.Combine(_folder, "scan.png")), BatchDocumentPart.Bytes(bytes, "image/png")] }, TestContext.Current.CancellationToken))[0].Parts;

        Assert.Equal(parts[0], parts[1]);
        var content = Assert.IsType<SpoolPart.Content>(parts[0]);
        Assert.Equal(("image/png", 4L), (content.MimeType, content.Size));
        Assert.Equal(bytes, await File.ReadAllBytesAsync(store.PathOf(content.Hash), TestContext.Current.CancellationToken));
        Assert.Single(Directory.GetFiles(Path.Combine(_folder, "store"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_neutral_row_reads_back_as_it_was_written()
    {
        SpoolPart[] parts = [new SpoolPart.Text(Encoding.UTF8.GetBytes("a\"\n€")), new SpoolPart.Content(new ContentHash(new byte[32]), "image/png", 7), new SpoolPart.Uri("https://x/y?a=b&c", "text/html")];
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new System.Text.Json.Utf8JsonWriter(buffer, SpoolRow.WriterOptions))
        {
            SpoolRow.Write(writer, "k", parts, """{"year":2026}""");
        }

        Assert.Equal(
            """{"key":"k","parts":[{"text":"a\"\n€"},{"content":"0000000000000000000000000000000000000000000000000000000000000000","mimeType":"image/png","size":7},{"uri":"https://x/y?a=b&c","mimeType":"text/html"}],"metadata":{"year":2026}}""",
            Encoding.UTF8.GetString(buffer.WrittenSpan));
        var row = SpoolRow.Parse(buffer.WrittenMemory);
        Assert.Equal("a\"\n€", Encoding.UTF8.GetString(Assert.IsType<SpoolPart.Text>(row.Parts[0]).Utf8.Span));
        Assert.Equal(parts[1..], row.Parts.Skip(1));
        Assert.Equal("""{"year":2026}""", row.MetadataJson);
    }

    private static async Task<List<string>> Ids(IAsyncEnumerable<BatchDocument> documents) =>
        await documents.Select(static document => document.Id).ToListAsync(TestContext.Current.CancellationToken);

    private static async Task AssertReason(string reason, string folder) =>
        Assert.Equal(reason, (await Assert.ThrowsAsync<DocumentException>(() => Ids(BatchDocument.FromFolder(folder)))).Reason);

    private async Task<string> Reason(string name) =>
        (await Assert.ThrowsAsync<DocumentException>(() => Read(BatchDocument.FromFile(Path.Combine(_folder, name))))).Reason;

    private async Task<IReadOnlyList<SpoolPart>> Read(BatchDocument document) =>
        Assert.Single(await Reader(new ContentStore(Path.Combine(_folder, "store"))).ReadAsync(document, TestContext.Current.CancellationToken)).Parts;

    private static DocumentReader Reader(ContentStore store)
    {
        var backend = new DeveloperBackend(new DeveloperApiClient(new DeveloperApiOptions { ApiKey = Guid.NewGuid().ToString("N") }));
        return new(store, new AddressReader(backend, new(backend)), new SectionCutter(store, splitter: null, mostPdfBytes: 1_000));
    }

    private void Write(string name, string text = "text")
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
