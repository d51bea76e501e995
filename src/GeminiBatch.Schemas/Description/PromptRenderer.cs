using System.Text;

namespace GeminiBatch;

/// <summary>Renders a schema as a compact type notation for a prompt.</summary>
internal sealed class PromptRenderer
{
    // Most schemas fit, and one chunk is read by index without a search.
    private const int UsualLength = 1024;

    private readonly SchemaDescriptor _descriptor;
    private readonly SchemaReferences _references;
    private readonly HashSet<int> _named;
    private readonly StringBuilder _text = new(UsualLength);
    private readonly SortedSet<SchemaKind> _forms = [];

    private PromptRenderer(SchemaDescriptor descriptor)
    {
        _descriptor = descriptor;
        _references = new SchemaReferences(descriptor);
        _named = [.. _references.Named];
    }

    /// <summary>The whole schema.</summary>
    public static string Render(SchemaDescriptor descriptor)
    {
        var renderer = new PromptRenderer(descriptor);
        renderer.RenderAll();
        return renderer._text.ToString().TrimEnd('\n');
    }

    /// <summary>What <c>responseSchema</c> cannot say: that a recursive type goes on.</summary>
    public static string RenderNative(SchemaDescriptor descriptor)
    {
        var sentences = descriptor.Types.SelectMany(type => type.Fields.Where(static field => field.Recursive)
            .Select(field => $"\"{field.JsonName}\" may be nested to any depth, each level of the same shape as the one above."));
        return string.Join("\n", sentences.Distinct(StringComparer.Ordinal));
    }

    private static bool IsName(string name)
    {
        foreach (var character in name)
        {
            if (!char.IsLetterOrDigit(character) && character is not ('_' or '$'))
            {
                return false;
            }
        }

        return name.Length > 0 && !char.IsDigit(name[0]);
    }

    private static string Quote(string text) => new JsonBuilder().String(text).ToString();

    private void RenderAll()
    {
        _text.Append("Answer in JSON of this type only:\n");
        AppendRoot();
        _text.Append('\n');
        foreach (var type in _references.Named)
        {
            if (type != 0 || _descriptor.RootMember is not null)
            {
                AppendNamed(type);
                _text.Append('\n');
            }
        }

        foreach (var kind in _forms)
        {
            if (SchemaWords.ShortForm(kind) is { } form)
            {
                _text.Append(KindWord(kind)).Append(": ").Append(form).Append('\n');
            }
        }
    }

    private void AppendRoot()
    {
        var start = _text.Length;
        if (_descriptor.Root.Kind == SchemaKind.Enum)
        {
            AppendBody(0, "");
            AppendComment(start, SchemaWords.Join(_descriptor.Root.Description, SchemaWords.EnumMeanings(_descriptor.Root)), "");
        }
        else if (_descriptor.RootMember is { } member)
        {
            _text.Append("{\n ").Append(member).Append(": ");
            start = _text.Length;
            AppendType(0, " ", nullable: false);
            AppendComment(start, DescriptionOf(0), " ");
            _text.Append("\n}");
        }
        else if (_named.Contains(0))
        {
            AppendNamed(0);
        }
        else
        {
            AppendBody(0, "");
            AppendComment(start, _descriptor.Root.Description, "");
        }
    }

    private void AppendNamed(int type)
    {
        _text.Append(_references.NameOf(type)).Append(" = ");
        var start = _text.Length;
        AppendBody(type, "");
        AppendComment(start, SchemaWords.Join(_descriptor.Types[type].Description, SchemaWords.EnumMeanings(_descriptor.Types[type])), "");
    }

    private void AppendType(int index, string indent, bool nullable)
    {
        if (_named.Contains(index))
        {
            _text.Append(_references.NameOf(index));
        }
        else
        {
            AppendBody(index, indent);
        }

        if (nullable)
        {
            _text.Append("|null");
        }
    }

    private void AppendBody(int index, string indent)
    {
        var type = _descriptor.Types[index];
        switch (type.Kind)
        {
            case SchemaKind.Object:
                AppendObject(type, indent, null, null);
                break;
            case SchemaKind.Union:
                AppendCases(type, indent);
                break;
            case SchemaKind.Enum:
                _text.Append(string.Join("|", type.EnumValues.Select(static value => Quote(value.JsonName))));
                break;
            case SchemaKind.Array:
                AppendItem(type, indent);
                _text.Append("[]");
                break;
            case SchemaKind.Map:
                _text.Append("{ [key: ");
                AppendType(type.KeyType, indent, nullable: false);
                _text.Append("]: ");
                AppendType(type.ItemType, indent, type.ItemNullable);
                _text.Append(" }");
                break;
            default:
                _forms.Add(type.Kind);
                _text.Append(KindWord(type.Kind));
                break;
        }
    }

    private void AppendItem(SchemaNode array, string indent)
    {
        var needsParentheses = array.ItemNullable
            || (_descriptor.Types[array.ItemType].Kind is SchemaKind.Enum or SchemaKind.Union && !_named.Contains(array.ItemType));
        _text.Append(needsParentheses ? "(" : "");
        AppendType(array.ItemType, indent, array.ItemNullable);
        _text.Append(needsParentheses ? ")" : "");
    }

    private void AppendCases(SchemaNode union, string indent)
    {
        for (var i = 0; i < union.Cases.Count; i++)
        {
            _text.Append(i == 0 ? "" : "|");
            if (union.Discriminator is null)
            {
                AppendType(union.Cases[i].Type, indent, nullable: false);
            }
            else
            {
                AppendObject(_descriptor.Types[union.Cases[i].Type], indent, union.Discriminator, union.Cases[i].Name);
            }
        }
    }

    private void AppendObject(SchemaNode type, string indent, string? discriminator, string? caseName)
    {
        _text.Append("{\n");
        var inner = indent + " ";
        if (discriminator is not null)
        {
            var start = _text.Length;
            _text.Append(inner).Append(IsName(discriminator) ? discriminator : Quote(discriminator)).Append(": ").Append(Quote(caseName!));
            AppendComment(start, type.Description, inner);
            _text.Append('\n');
        }

        foreach (var field in type.Fields)
        {
            var fieldType = _descriptor.Types[field.Type];
            _text.Append(inner).Append(IsName(field.JsonName) ? field.JsonName : Quote(field.JsonName));
            _text.Append(field.Presence == SchemaPresence.Optional ? "?: " : ": ");
            var start = _text.Length;
            AppendType(field.Type, inner, field.Nullable);
            AppendComment(start, SchemaWords.Join(field.Description ?? DescriptionOf(field.Type), Notes(field, fieldType)), inner);
            _text.Append('\n');
        }

        _text.Append(indent).Append('}');
    }

    /// <summary>What a type says of itself, where it is not written apart.</summary>
    private string? DescriptionOf(int type)
    {
        var target = SchemaReferences.TargetOf(_descriptor, type);
        return _named.Contains(target) ? null : _descriptor.Types[target].Description;
    }

    private IEnumerable<string> Notes(SchemaField field, SchemaNode type)
    {
        var unit = type.Kind switch
        {
            SchemaKind.Array => "items",
            SchemaKind.Map => "entries",
            _ => "characters",
        };
        return
        [
            .. Meanings(field.Type), .. SchemaWords.Bounds(field, type), .. SchemaWords.ExclusiveBounds(field),
            .. SchemaWords.Lengths(field, unit), .. SchemaWords.Unique(type), .. SchemaWords.Pattern(field),
            .. SchemaWords.Allowed(field), .. SchemaWords.Rules(field), .. type.ItemRules is { } rules ? ItemNotes(type, rules) : [],
        ];
    }

    private IEnumerable<string> ItemNotes(SchemaNode container, SchemaField rules)
    {
        var words = SchemaWords.Join(rules.Description, Notes(rules, _descriptor.Types[container.ItemType]));
        return words is null ? [] : ["Each: " + words];
    }

    private IEnumerable<string> Meanings(int type)
    {
        var target = SchemaReferences.TargetOf(_descriptor, type);
        return _named.Contains(target) ? [] : SchemaWords.EnumMeanings(_descriptor.Types[target]);
    }

    /// <summary>
    /// Says what a type means: behind it where it ends on the line it starts on, behind the brace that opens it, or on a line of its own.
    /// </summary>
    private void AppendComment(int start, string? text, string indent)
    {
        if (text is null)
        {
            return;
        }

        var comment = " // " + string.Join(" ", text.Split('\n').Select(static line => line.Trim()));
        if (!HasLineBreak(start))
        {
            _text.Append(comment);
        }
        else if (_text[start] == '{' && _text[start + 1] == '\n')
        {
            _text.Insert(start + 1, comment);
        }
        else
        {
            _text.Insert(start, $"{comment.TrimStart()}\n{indent}");
        }
    }

    private bool HasLineBreak(int start)
    {
        for (var i = start; i < _text.Length; i++)
        {
            if (_text[i] == '\n')
            {
                return true;
            }
        }

        return false;
    }

    private static string KindWord(SchemaKind kind) => kind switch
    {
        SchemaKind.Integer => "int",
        SchemaKind.Boolean => "bool",
        SchemaKind.Number or SchemaKind.Decimal => "number",
        SchemaKind.Any => "any",
        SchemaKind.DateTimeOffset => "dateTimeOffset",
        SchemaKind.DateTime => "dateTime",
        _ => DescriptorText.KindName(kind),
    };
}
