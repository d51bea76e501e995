namespace GeminiBatch.Scaffolding;

/// <summary>What is left out, each thing once, in the order in which it is met.</summary>
internal sealed class NoteList
{
    private readonly List<ScaffoldingNote> _notes = [];

    public void Add(string pointer, string keyword, string message)
    {
        var note = new ScaffoldingNote(pointer, keyword, message);
        if (!_notes.Contains(note))
        {
            _notes.Add(note);
        }
    }

    public IReadOnlyList<ScaffoldingNote> ToList() => [.. _notes];
}
