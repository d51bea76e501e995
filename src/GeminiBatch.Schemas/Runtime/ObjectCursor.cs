using System.ComponentModel;

namespace GeminiBatch.Runtime;

/// <summary>
/// Walks the members of one object: knows the names, guesses the order, and finds what is repeated or missing. For generated code only.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct ObjectCursor
{
    private readonly ObjectShape _shape;
    private FieldSet _seen;
    private bool _isInside;

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

        return true;
    }

    /// <summary>Whether a field was in the object.</summary>
    /// <param name="field">Its index.</param>
    /// <returns>True when it was.</returns>
    public readonly bool Has(int field) => _seen.Contains(field);

    /// <summary>Checks the current field's constraints on a number.</summary>
    /// <param name="reader">The reader, which fails on a violation.</param>
    /// <param name="value">The value; null is not checked.</param>
    public readonly void CheckDecimal(scoped ref AnswerReader reader, decimal? value)
    {
        if (value is { } number && RuleFor(ref reader)?.Allows(number) == false)
        {
            reader.Fail();
        }
    }

    /// <inheritdoc cref="CheckDecimal"/>
    public readonly void CheckNumber(scoped ref AnswerReader reader, double? value)
    {
        if (value is { } number && RuleFor(ref reader)?.Allows(number) == false)
        {
            reader.Fail();
        }
    }

    /// <summary>Checks the current field's constraints on a text.</summary>
    /// <param name="reader">The reader, which fails on a violation.</param>
    /// <param name="value">The value; null is not checked.</param>
    public readonly void CheckText(scoped ref AnswerReader reader, string? value)
    {
        if (value is not null && RuleFor(ref reader)?.Allows(value) == false)
        {
            reader.Fail();
        }
    }

    /// <summary>Checks the current field's constraints on the number of items.</summary>
    /// <typeparam name="T">The item type.</typeparam>
    /// <param name="reader">The reader, which fails on a violation.</param>
    /// <param name="items">The items; null is not checked.</param>
    public readonly void CheckCount<T>(scoped ref AnswerReader reader, IEnumerable<T>? items)
    {
        if (items is not null && RuleFor(ref reader)?.AllowsLength(items.Count()) == false)
        {
            reader.Fail();
        }
    }

    /// <summary>Canonical answers are checked apart, so that their violations can be named.</summary>
    private readonly FieldRule? RuleFor(scoped ref AnswerReader reader) => reader.Failed || reader.IsCanonical ? null : _shape.Rules[Field];
}
