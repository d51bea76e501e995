using PdfSharp.Pdf;

namespace GeminiBatch;

/// <summary>Takes out of a written PDF what would make each writing another file: times, and identifiers made by chance.</summary>
internal static class PdfStamps
{
    private const int UuidLength = 36;
    private static readonly string s_identifier = new('0', 16);
    private static readonly DateTime s_time = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public static void Fix(PdfDocument document)
    {
        document.Info.CreationDate = s_time;
        document.Info.ModificationDate = s_time;
        document.Internals.FirstDocumentID = s_identifier;
        document.Internals.SecondDocumentID = s_identifier;
    }

    /// <summary>Overwrites the identifiers of the metadata packet in place: no offset changes.</summary>
    public static byte[] Blank(byte[] pdf)
    {
        var start = pdf.AsSpan().LastIndexOf("<?xpacket begin"u8);
        if (start < 0)
        {
            return pdf;
        }

        var packet = pdf.AsSpan(start);
        var end = packet.IndexOf("<?xpacket end"u8);
        packet = end < 0 ? [] : packet[..end];
        for (int at; (at = packet.IndexOf("uuid:"u8)) >= 0 && packet.Length >= at + 5 + UuidLength; packet = packet[(at + 5 + UuidLength)..])
        {
            packet.Slice(at + 5, UuidLength).Fill((byte)'0');
        }

        return pdf;
    }
}
