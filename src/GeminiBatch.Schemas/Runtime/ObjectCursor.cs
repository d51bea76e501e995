using System.ComponentModel;

namespace GeminiBatch.Runtime;

/// <summary>
/// Walks the members of one object: knows the names, guesses the order, finds what is repeated or missing, and checks constraints. For generated code only.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct ObjectCursor
{
    private readonly ObjectShape _shape;
    private FieldSet _seen;
    private bool _isInside;
    private int _valueStart;

    /// <param name="shape">The fields.</param>
    /// <param name="isInside">Whether a member that is no field has been read already.</param>
    internal ObjectCursor(ObjectShape shape, bool isInside)
    {
        _shape = shape;
        _isInside = isInside;
        Field = -1;
    }

    /// <summary>The index of the current member's field.</summary>
    public int Field { get; private set; }

    /// <summary>Moves to the next member's value.</summary>
    /// <param name="reader">The reader.</param>
    /// <returns>False at the end of the object, and after any surprise.</returns>
    public bool Next(scoped ref AnswerReader reader)
    {
        if (Field >= 0 && _shape.Rules[Field] is { } rule)
        {
            reader.Check(rule, _valueStart);
        }

        if (!reader.NextMember(!_isInside))
        {
            if (!reader.Failed && !_seen.Covers(reader.IsCanonical ? _shape.Required : _shape.Asked))
            {
                reader.Fail();
            }

            return false;
        }

        _isInside = true;
        Field = reader.ReadName(_shape, Field + 1);
        if (Field < 0)
        {
            return false;
        }

        if (!_seen.Add(Field))
        {
            reader.Fail();
            return false;
        }

        _valueStart = reader.Position;
        return true;
    }

    /// <summary>Whether a field was in the object.</summary>
    /// <param name="field">Its index.</param>
    /// <returns>True when it was.</returns>
    public readonly bool Has(int field) => _seen.Contains(field);
}
