namespace GeminiBatch.Emulator;

/// <summary>What rules can find in an invoice or a document like one. Nothing is made up: what is not found is null.</summary>
internal sealed class InvoiceFacts
{
    private InvoiceFacts(DocumentPage page)
    {
        Page = page;
        Header = new HeaderReader(page);
        Parties = new PartyReader(page);
        Items = ItemReader.Read(page, out var itemLines);
        Totals = TotalsReader.Read(page, itemLines, Items);
        Currency = CurrencyReader.Read(page.Text);
    }

    public DocumentPage Page { get; }

    public HeaderReader Header { get; }

    public PartyReader Parties { get; }

    public IReadOnlyList<LineItem> Items { get; }

    public Totals Totals { get; }

    public string? Currency { get; }

    public static InvoiceFacts Read(string document) => new(new DocumentPage(document));
}
