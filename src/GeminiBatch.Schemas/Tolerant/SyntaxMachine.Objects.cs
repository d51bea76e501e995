using System.Buffers;

namespace GeminiBatch;

internal ref partial struct SyntaxMachine
{
    private static readonly SearchValues<byte> DataMarks = SearchValues.Create("\":0123456789"u8);

    private void StepObject()
    {
        switch (Current)
        {
            case (byte)'}':
                CloseObject();
                break;
            case (byte)',':
                Separate();
                break;
            case (byte)']':
                CloseObjectAtBracket();
                break;
            case (byte)'{' or (byte)'[':
                StepValueWithoutName();
                break;
            case (byte)'.' when SkipEllipsis():
                break;
            case (byte)')' or (byte)';' or (byte)'+' or (byte)':':
                DropStray(1);
                break;
            case (byte)'"' when ReadPlainMembers():
                break;
            default:
                ReadMember();
                break;
        }
    }

    private void Separate()
    {
        ref Frame frame = ref _frames[_depth - 1];
        if (frame.Separator >= 0 || _tree[frame.Node].Count == 0)
        {
            Mend(AnswerRepairKind.TrailingComma, _position, 1, "stray");
        }
        else
        {
            frame.Separator = _position;
        }

        _position++;
    }

    /// <summary>Notes that a member or item begins where a comma should have stood.</summary>
    private void TakeSeparator(int at)
    {
        ref Frame frame = ref _frames[_depth - 1];
        if (frame.Separator < 0 && _tree[frame.Node].Count > 0)
        {
            Mend(AnswerRepairKind.MissingComma, at, 0);
        }

        frame.Separator = -1;
    }

    private void CloseObject()
    {
        _position++;
        bool last = _depth == 1;
        Pop(closed: true);
        int next = _position;
        bool goesOn = last && !_strict && RootGoesOn(out next);
        Unbalanced |= last && At(next) is (byte)',' or (byte)']' or (byte)'}';
        if (goesOn)
        {
            // The answer closed its root and went on with more fields (real/README quirk 15).
            int root = _frames[0].Node;
            Unbalanced = true;
            Mend(AnswerRepairKind.EarlyClosedObject, root, _tree[root].End - 1, 1);
            _tree[root].Flags &= ~NodeFlags.Closed;
            _frames[0].Separator = At(next) == (byte)',' ? next : -1;
            _position = At(next) == (byte)',' ? next + 1 : next;
            _depth = 1;
        }
    }

    private readonly bool RootGoesOn(out int next)
    {
        next = SkipSpace(_position);
        if (_tree[_frames[0].Node].Kind != NodeKind.Object)
        {
            return false;
        }

        bool comma = At(next) == (byte)',';
        int name = comma ? SkipSpace(next + 1) : next;
        if (!NameAhead(name, out NameGuess guess) || !guess.Quoted)
        {
            return false;
        }

        return comma || _schema is null || _frames[0].Type < 0 || FindField(_frames[0].Type, guess) >= 0;
    }

    // "]" while an object is open: a list around it ends, or the bracket is the wrong one.
    private void CloseObjectAtBracket()
    {
        for (int outer = _depth - 2; outer >= 0; outer--)
        {
            if (!_frames[outer].IsObject)
            {
                int opened = Owner;
                PopUnclosed();
                if (_tree[opened].Count == 0)
                {
                    // [{]: nothing was said but a brace.
                    _tree[opened].Kind = NodeKind.Absent;
                }

                return;
            }
        }

        if (_depth > 1 || CloserFits(_position))
        {
            Mend(AnswerRepairKind.ClosedBracket, _position, 1, "] for }");
            CloseObject();
        }
        else
        {
            DropStray(1);
        }
    }

    // A bracket where a name should stand.
    private void StepValueWithoutName()
    {
        ref Frame frame = ref _frames[_depth - 1];
        int last = _tree[frame.Node].Last;
        if (Current == (byte)'{' && _depth > 1 && !_frames[_depth - 2].IsObject)
        {
            PopUnclosed();
        }
        else if (Current == (byte)'[' && last >= 0 && _tree[last].Kind == NodeKind.Array)
        {
            // A list that was closed too early goes on: {"a": [1, 2], [3]}.
            Mend(AnswerRepairKind.EarlyClosedObject, last, _position, 1);
            frame.Separator = -1;
            _position++;
            Push(last, LastType());
        }
        else if (!ContinueList())
        {
            DropValue();
        }
    }

    /// <summary>Reads a value that belongs nowhere and leaves it out.</summary>
    private void DropValue()
    {
        int start = _position;
        int depth = _depth;
        int owner = Owner;
        ReadValue(-1, -1);
        while (_depth > depth && Fault == SyntaxFault.None)
        {
            SkipTrivia();
            if (_position >= _text.Length || AtFence())
            {
                return;
            }

            Step();
        }

        Mend(AnswerRepairKind.ProseRemoved, owner, start, _position - start, IsWordy(start) ? "inside" : SyntaxReport.LostValue);
    }

    // [IMAGE DATA] is junk; brackets with strings, numbers or members in them may have been data.
    private readonly bool IsWordy(int start) => _text[start.._position].IndexOfAny(DataMarks) < 0;

    private void DropStray(int length)
    {
        Mend(AnswerRepairKind.StrayBracket, _position, length);
        _position += length;
    }
}
