namespace GeminiBatch;

/// <summary>Sections of documents that the run has asked about: cut elsewhere they would be other rows, and be paid for again.</summary>
internal sealed class KnownSections(LedgerDatabase ledger, SpoolFolder spools, long run)
{
    private const string SectionsOfDocument =
        """
        SELECT r.spool_offset, r.spool_length, i.sections, r.state FROM items i JOIN rows r ON r.id = i.row
        WHERE i.run = $1 AND i.whole = $2 AND i.superseded = 0 ORDER BY i.section
        """;

    /// <summary>The sections of a medium as they were asked about, in page order; <see langword="null"/> when there are none, or none of them has an answer or is under way.</summary>
    public List<SpoolPart.Content>? Find(string document, SpoolPart.Content medium)
    {
        var rows = ledger.Read(connection => connection.List(SectionsOfDocument, Place.Read, run, document));
        if (rows.Count == 0 || rows.Exists(row => row.Sections != rows.Count) || !rows.Exists(static row => row.State is not (RowState.Planned or RowState.Failed)))
        {
            return null;
        }

        using var spool = new SpoolReader(spools.RowsPath(run), ledger.Path);
        var sections = rows.SelectMany(row => spool.ReadRow(row.Offset, row.Length).Parts.OfType<SpoolPart.Content>().Where(part => part.Pages?.Source == medium.Hash && part.MimeType == medium.MimeType)).ToList();
        return sections.Count == rows.Count && sections.TrueForAll(section => File.Exists(spools.Content.PathOf(section.Hash))) ? sections : null;
    }

    private readonly record struct Place(long Offset, int Length, int Sections, RowState State)
    {
        public static Place Read(Microsoft.Data.Sqlite.SqliteDataReader reader) => new(reader.GetInt64(0), reader.GetInt32(1), reader.GetInt32(2), (RowState)reader.GetInt32(3));
    }
}
