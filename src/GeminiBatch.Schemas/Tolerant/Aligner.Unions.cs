namespace GeminiBatch;

internal ref partial struct Aligner
{
    private bool AlignUnion(int node, int type, SchemaField? field)
    {
        SchemaNode union = _schema[type];
        if (_tree[node].Kind is NodeKind.Null or NodeKind.Absent)
        {
            return Fail(AnswerErrorKind.UnexpectedNull, "A value is missing here.", Expected(type), Describe(node));
        }

        if (union.Discriminator is null)
        {
            return AlignShape(node, union, field);
        }

        if (_tree[node].Kind is NodeKind.String or NodeKind.Word && HoldsJson(node, SchemaKind.Object))
        {
            return AlignDecoded(node, type);
        }

        if (_tree[node].Kind == NodeKind.Array)
        {
            return AlignSingleOfList(node, type, field);
        }

        if (_tree[node].Kind != NodeKind.Object)
        {
            return AlignBareCase(node, type, union);
        }

        int named = Discriminator(node, union.Discriminator, out bool renamed);
        if (named < 0 && CountKnown(node, type) == 0 && _tree[node].Count > 0 && Allows(AnswerCoercions.Nesting) && FindWithin(node, type) is var inner and >= 0)
        {
            Distance += 2;
            _report.Repair(AnswerRepairKind.Unwrapped, _tree[inner].Start, _tree[inner].End, "The object was taken out of what was put around it.");
            ReportPassedOver(node, inner, type);
            return Align(inner, type);
        }

        int option = named >= 0 ? NamedCase(node, named, union, renamed) : ShapedCase(node, union);
        return option >= 0 && WriteCase(node, type, option, named);
    }

    // 15 where a case with one number is expected.
    private bool AlignBareCase(int node, int type, SchemaNode union)
    {
        int best = Allows(AnswerCoercions.Nesting) ? BestCase(node, union) : -1;
        return best >= 0 && Try(node, union.Cases[best].Type) is { Unusable: 0, Errors: 0 } ? WriteCase(node, type, best, -1) : WrongKind(node, Expected(type));
    }

    private bool WriteCase(int node, int union, int option, int named) =>
        AlignObject(node, _schema[union].Cases[option].Type, named < 0 ? int.MaxValue : named, _schema.CaseOf(union, option));

    private readonly int Discriminator(int node, string name, out bool renamed)
    {
        int folded = -1;
        renamed = false;
        for (int child = _tree[node].First; child >= 0; child = _tree[child].Next)
        {
            string given = Shown(_tree.Name(child, _source));
            if (string.Equals(given, name, StringComparison.Ordinal))
            {
                return child;
            }

            folded = folded < 0 && Allows(AnswerCoercions.Names) && NameFolding.Fold(given) == NameFolding.Fold(name) ? child : folded;
        }

        renamed = folded >= 0;
        return folded;
    }

    private int NamedCase(int node, int named, SchemaNode union, bool renamed)
    {
        string given = _tree[named].Kind is NodeKind.String or NodeKind.Word or NodeKind.Number ? TextOf(named) : "";
        for (int i = 0; i < union.Cases.Count; i++)
        {
            if (string.Equals(union.Cases[i].Name, given, StringComparison.Ordinal))
            {
                if (renamed)
                {
                    Repaired(AnswerRepairKind.NameMatched, named, $"The member \"{union.Discriminator}\" has another name in the answer.");
                }

                ReportCut(named);
                return i;
            }
        }

        int[] folded = [.. Enumerable.Range(0, union.Cases.Count).Where(i => NameFolding.Fold(union.Cases[i].Name) == NameFolding.Fold(given))];
        if (folded.Length == 1 && Allows(AnswerCoercions.Enums))
        {
            Repaired(AnswerRepairKind.EnumMatched, named, $"\"{Shortened(named)}\" was read as {union.Cases[folded[0]].Name}.");
            return folded[0];
        }

        if (_tree[named].Has(NodeFlags.Cut))
        {
            ReportCut();
            return -1;
        }

        _report.Enter(union.Discriminator!);
        Fail(AnswerErrorKind.UnknownEnumValue, $"\"{Shortened(named)}\" is none of the allowed values.", "one of " + string.Join(", ", union.Cases.Select(static option => option.Name)), Shortened(named));
        _report.Leave();
        return -1;
    }

    // No member names the case: the one that fits best, if there is one.
    private int ShapedCase(int node, SchemaNode union)
    {
        int best = Allows(AnswerCoercions.Nesting) ? BestCase(node, union) : -1;
        if (best < 0)
        {
            ReportCut(node);
            _report.Enter(union.Discriminator!);
            Fail(AnswerErrorKind.MissingRequired, "This required field, which names the kind of the object, is missing.", "one of " + string.Join(", ", union.Cases.Select(static option => option.Name)));
            _report.Leave();
            return -1;
        }

        Repaired(AnswerRepairKind.UnionCaseChosen, node, $"The object was read as {union.Cases[best].Name}, which its fields fit.");
        return best;
    }

    // A union without a member that names the case: the shape tells, in strict mode as well.
    private bool AlignShape(int node, SchemaNode union, SchemaField? field)
    {
        int best = BestCase(node, union);
        return best < 0 ? WrongKind(node, "one of several kinds") : Align(node, union.Cases[best].Type, field);
    }

    // Fewest errors, then the smallest distance. Between equals the first; where a member should have named the case, that is an error.
    private int BestCase(int node, SchemaNode union)
    {
        int best = -1;
        bool rivals = false;
        Trial closest = default;
        for (int i = 0; i < union.Cases.Count; i++)
        {
            Trial trial = Try(node, union.Cases[i].Type);
            int order = best < 0 ? -1 : trial.CompareTo(closest);
            if (order < 0)
            {
                (best, closest, rivals) = (i, trial, false);
            }
            else
            {
                rivals |= order == 0;
            }
        }

        if (rivals && union.Discriminator is not null && closest is { Unusable: 0, Errors: 0 } && !Allows(AnswerCoercions.Choices))
        {
            Fail(AnswerErrorKind.AmbiguousValue, $"The fields fit several kinds of object equally well; {union.Cases[best].Name} was read.");
        }

        return union.Discriminator is not null && closest.Errors > 0 && CountKnown(node, union.Cases[best].Type) == 0 ? -1 : best;
    }
}
