using System.Buffers;
using System.Text.Json;

namespace GeminiBatch;

/// <summary>Plans and packs in one pass: each document becomes a row in the spool and an item in the ledger, in chunks. Memory does not grow.</summary>
internal sealed class Planner(RunContext context)
{
    public const int ChunkDocuments = 1_000;
    private const int ChunkBytes = 4 * 1024 * 1024;
    private static readonly byte[] s_lineBreak = [(byte)'\n'];

    private readonly RowIdentity _identity = new();
    private readonly ArrayBufferWriter<byte> _rows = new(256 * 1024);
    private readonly List<PlannedDocument> _chunk = new(ChunkDocuments);
    private readonly List<SkippedDocument> _skipped = [];
    private readonly PassPositions _positions = new();

    private bool _reusesAnswers;
    private long _knownLength;

    public async Task PlanAsync(IAsyncEnumerable<BatchDocument> documents, OpenedRun opened, bool reusesAnswers, bool cutsAgain, CancellationToken cancellationToken)
    {
        var run = context.ReadRun();
        _reusesAnswers = reusesAnswers;
        using var spool = await OpenSpoolAsync(cancellationToken).ConfigureAwait(false);
        _knownLength = spool.Length;
        using var writer = new Utf8JsonWriter(_rows, SpoolRow.WriterOptions);
        using var lookups = new AddressLookups(context.Backend);
        var addresses = new AddressReader(context.Backend, lookups, new(context.Ledger, context.Spool, context.RunId));
        var reader = Reader(addresses, cutsAgain ? null : new(context.Ledger, context.Spool, context.RunId));
        var overridden = new OverriddenRecipes(context, opened);

        var position = 0;
        await foreach (var document in lookups.AheadAsync(documents, cancellationToken).ConfigureAwait(false))
        {
            position++;
            if (string.IsNullOrEmpty(document.Id))
            {
                throw new DocumentException("", "no_id", $"Document {position} of the stream has no id. Give each document an id of its own, for example its path.");
            }

            if (!IsWellFormed(document.Id))
            {
                throw new DocumentException(document.Id, "undecodable", $"The id of document {position} of the stream has half of a surrogate pair: it was cut inside a character.");
            }

            var effective = document.Overrides is { } overrides ? await overridden.GetAsync(overrides, cancellationToken).ConfigureAwait(false) : opened.Recipe;
            try
            {
                foreach (var content in await reader.ReadAsync(document, cancellationToken).ConfigureAwait(false))
                {
                    Add(writer, document, position, content, effective);
                }
            }
            catch (DocumentException error) when (document.Skipped is not null)
            {
                var skipped = new SkippedDocument(document.Id, error.Reason, error.Message);
                _skipped.Add(skipped);
                document.Skipped(skipped);
            }

            if (_chunk.Count >= ChunkDocuments || _rows.WrittenCount >= ChunkBytes)
            {
                await WriteChunkAsync(spool, cancellationToken).ConfigureAwait(false);
            }

            (context.Activity.DocumentsRead, context.Activity.UnmeasuredAddresses, context.Activity.UnversionedAddresses) = (position, addresses.Unmeasured, addresses.Unversioned);
        }

        await WriteChunkAsync(spool, cancellationToken).ConfigureAwait(false);
        await context.WriteAsync(
            "plan.end",
            connection =>
            {
                // Without documents of an earlier reading there is nothing to look for.
                if (run.Items > 0)
                {
                    Withdraw(connection);
                }

                connection.Execute("UPDATE runs SET planned_at = $2 WHERE id = $1", context.RunId, context.NowMilliseconds);
            },
            cancellationToken).ConfigureAwait(false);
    }

    // Under the lease, because what lies beyond the recorded length is cut off: a program that slept past its own has an old length.
    private async Task<SpoolWriter> OpenSpoolAsync(CancellationToken cancellationToken)
    {
        SpoolWriter? spool = null;
        try
        {
            await context.WriteAsync(
                "plan.begin",
                connection =>
                {
                    connection.Execute("DELETE FROM skips WHERE run = $1", context.RunId);
                    spool = new(context.Spool.RowsPath(context.RunId), context.Ledger.Path, LedgerRuns.Get(connection, context.RunId).SpoolLength);
                },
                cancellationToken).ConfigureAwait(false);
            return spool!;
        }
        catch
        {
            spool?.Dispose();
            throw;
        }
    }

    // Planned by an earlier reading, never sent, and not among the documents any more: nobody asks for it.
    private void Withdraw(LedgerConnection connection)
    {
        var withdrawn = new List<(long Item, long Row)>();
        using (var waiting = connection.Query(
            "SELECT i.id, i.row FROM rows r JOIN items i ON i.row = r.id WHERE r.run = $1 AND r.state = 0 AND r.attempt = 0 AND i.run = $1 AND i.superseded = 0", context.RunId))
        {
            while (waiting.Read())
            {
                if (_positions.Find(waiting.GetInt64(0)) == 0)
                {
                    withdrawn.Add((waiting.GetInt64(0), waiting.GetInt64(1)));
                }
            }
        }

        foreach (var (item, row) in withdrawn)
        {
            connection.Execute("UPDATE items SET superseded = 1 WHERE id = $1", item);
            connection.Execute("UPDATE rows SET items = items - 1 WHERE id = $1", row);
        }

        if (withdrawn.Count > 0)
        {
            connection.Execute("UPDATE runs SET items = items - $2, pending = pending - $2, superseded = superseded + $2 WHERE id = $1", context.RunId, withdrawn.Count);
        }
    }

    private DocumentReader Reader(AddressReader addresses, KnownSections? sections)
    {
        var store = context.Spool.Content;
        return new(store, addresses, new SectionCutter(store, context.Engine.Splitter, MostPdfBytes(), sections));
    }

    private long MostPdfBytes() =>
        context.Backend.Identity.Kind is ("developer" or "vertex") and var kind && context.Catalogue.Backend(kind).PdfBytes is { } bytes ? bytes : long.MaxValue;

    private static bool IsWellFormed(string id)
    {
        for (var i = 0; i < id.Length; i++)
        {
            if (char.IsSurrogate(id[i]) && !(char.IsHighSurrogate(id[i]) && i + 1 < id.Length && char.IsLowSurrogate(id[++i])))
            {
                return false;
            }
        }

        return true;
    }

    private void Add(Utf8JsonWriter writer, BatchDocument document, int position, DocumentContent content, StoredRecipe recipe)
    {
        var metadata = MetadataJson.Write(document.Metadata);
        var shown = recipe.Recipe.IncludeMetadata ? metadata : null;
        var key = _identity.KeyOf(recipe.Fingerprint, content.Parts, shown);
        var start = _rows.WrittenCount;
        writer.Reset();
        SpoolRow.Write(writer, key.ToString(), content.Parts, shown);
        writer.Flush();
        _rows.Write(s_lineBreak);
        _chunk.Add(new(
            position, content.Section?.Id ?? document.Id, key, recipe.Id, start, _rows.WrittenCount - start, TokenEstimate.Of(content.Parts), metadata, content.Section, content.Failure)
        {
            // Its row's key is that of the content, which may lie elsewhere now.
            MayHaveMoved = content.Parts.Any(static part => part is SpoolPart.Uri { Hash: not null }),
        });
    }

    private async Task WriteChunkAsync(SpoolWriter spool, CancellationToken cancellationToken)
    {
        if (_chunk.Count == 0 && _skipped.Count == 0)
        {
            return;
        }

        // If this fails, what was appended is cut off when the spool is opened again.
        var committed = spool.Length;
        await context.WriteAsync(
            "plan.chunk",
            connection =>
            {
                // Looked at anew each time: a run that is driven meanwhile may take an answer that this one must not take over.
                var answers = KnownAnswers.Of(connection, context.RunId, _reusesAnswers);
                var chunk = new PlanChunk(connection, context.RunId, spool, _positions, answers, _knownLength);
                foreach (var document in _chunk)
                {
                    chunk.Write(document, _rows.WrittenSpan.Slice(document.Start, document.Length));
                }

                foreach (var skipped in _skipped)
                {
                    connection.Execute(
                        "INSERT INTO skips (run, document, reason, message) VALUES ($1, $2, $3, $4) ON CONFLICT DO UPDATE SET reason = $3, message = $4",
                        context.RunId, skipped.Id, skipped.Reason, skipped.Message);
                }

                if (spool.Length > committed)
                {
                    context.At("plan.spool:before");
                    spool.Sync();
                    context.At("plan.spool:after");
                }

                if (chunk.HasChanges)
                {
                    chunk.WriteCounts(spool.Length);
                }
            },
            cancellationToken).ConfigureAwait(false);

        _chunk.Clear();
        _skipped.Clear();
        _rows.ResetWrittenCount();
    }
}
