using System.Globalization;
using System.Text;
using GeminiBatch.Runtime;

namespace GeminiBatch;

internal ref partial struct Aligner
{
    private bool AlignMoment(int node, int type)
    {
        if (_tree[node].Kind is not (NodeKind.String or NodeKind.Word))
        {
            return WrongKind(node, Expected(type));
        }

        SchemaKind kind = _schema.KindOf(type);
        ReadOnlySpan<byte> given = _tree.Text(node, _source);
        if (IsWireForm(kind, given))
        {
            _output.String(given);
            return true;
        }

        if (kind == SchemaKind.Duration && given.Length <= HumanTime.LongestText && WireFormat.TryReadDuration(given, out TimeSpan duration))
        {
            _output.String(IsoDuration.Write(duration));
            return true;
        }

        string text = TextOf(node).Trim();
        HumanMoment moment = !Allows(AnswerCoercions.Dates) ? default : kind switch
        {
            SchemaKind.Date => HumanDate.ReadDate(text, _options.Culture),
            SchemaKind.Time => HumanTime.ReadTime(text),
            SchemaKind.DateTime => HumanDate.ReadDateTime(text, needsOffset: false, _options.Culture),
            SchemaKind.DateTimeOffset => HumanDate.ReadDateTime(text, needsOffset: true, _options.Culture),
            SchemaKind.Duration => HumanTime.ReadDuration(text),
            SchemaKind.Guid => Guid.TryParse(text, CultureInfo.InvariantCulture, out Guid guid) ? HumanMoment.Of(guid.ToString("D", CultureInfo.InvariantCulture)) : default,
            _ => ReadUri(text),
        };
        if (moment.Text is null || !IsWireForm(kind, Encoding.UTF8.GetBytes(moment.Text)))
        {
            return Unreadable(node, type, moment.Ambiguity);
        }

        Repaired(kind is SchemaKind.Guid or SchemaKind.Uri ? AnswerRepairKind.StringCoerced : AnswerRepairKind.DateCoerced, node, $"\"{Shortened(node)}\" was read as {moment.Text}.");
        _output.String(moment.Text);
        return true;
    }

    /// <summary>Whether the strict reader takes a text as it is.</summary>
    private static bool IsWireForm(SchemaKind kind, ReadOnlySpan<byte> text) => kind switch
    {
        SchemaKind.Date => WireFormat.TryReadDate(text, out _),
        SchemaKind.Time => WireFormat.TryReadTime(text, out _),
        SchemaKind.DateTime => WireFormat.TryReadDateTime(text, out _),
        SchemaKind.DateTimeOffset => WireFormat.TryReadDateTimeOffset(text, out _),
        SchemaKind.Duration => text.Length <= HumanTime.LongestText && IsoDuration.TryRead(text, out _),
        SchemaKind.Guid => text.Length == 36 && System.Buffers.Text.Utf8Parser.TryParse(text, out Guid _, out int used, 'D') && used == 36,
        _ => WireFormat.TryReadUri(text, out _),
    };

    // Addresses in angle brackets or as Markdown links are what models write.
    private static HumanMoment ReadUri(string text)
    {
        string address = text.Trim('<', '>');
        int link = address.IndexOf("](", StringComparison.Ordinal);
        if (address.StartsWith('[') && link > 0 && address.EndsWith(')'))
        {
            address = address[(link + 2)..^1];
        }

        return HumanMoment.Of(address);
    }
}
