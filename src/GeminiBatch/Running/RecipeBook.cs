using System.Collections.Concurrent;

namespace GeminiBatch;

/// <summary>The recipes of a ledger by id, with what is made from them.</summary>
internal sealed class RecipeBook(LedgerDatabase ledger)
{
    private readonly ConcurrentDictionary<long, RecipeEntry> _entries = new();

    public RecipeEntry Get(long id) => _entries.TryGetValue(id, out var entry) ? entry : _entries.GetOrAdd(id, Load(id));

    private RecipeEntry Load(long id) => ledger.Read(connection =>
    {
        var stored = LedgerRuns.Recipe(connection, id);
        var schema = LedgerRuns.Schema(connection, stored.Recipe.Schema);
        return new RecipeEntry(stored, schema);
    });
}
