using System.Globalization;

namespace GeminiBatch;

internal ref partial struct Aligner
{
    private bool AlignMoment(int node, int type)
    {
        if (_tree[node].Kind is not (NodeKind.String or NodeKind.Word))
        {
            return WrongKind(node, Expected(type));
        }

        string text = TextOf(node).Trim();
        HumanMoment moment = _schema.KindOf(type) switch
        {
            SchemaKind.Date => HumanDate.ReadDate(text, _options.Culture),
            SchemaKind.Time => HumanTime.ReadTime(text),
            SchemaKind.DateTime => HumanDate.ReadDateTime(text, needsOffset: false, _options.Culture),
            SchemaKind.DateTimeOffset => HumanDate.ReadDateTime(text, needsOffset: true, _options.Culture),
            SchemaKind.Duration => HumanTime.ReadDuration(text),
            SchemaKind.Guid => Guid.TryParse(text, CultureInfo.InvariantCulture, out Guid guid) ? HumanMoment.Of(guid.ToString("D", CultureInfo.InvariantCulture)) : default,
            _ => ReadUri(text),
        };
        if (moment.Text is null || (!Coerces && !moment.IsWireForm(text)))
        {
            return Unreadable(node, type, moment.Ambiguity);
        }

        if (!moment.IsWireForm(text))
        {
            AnswerRepairKind kind = _schema.KindOf(type) is SchemaKind.Guid or SchemaKind.Uri ? AnswerRepairKind.StringCoerced : AnswerRepairKind.DateCoerced;
            Repaired(kind, node, $"\"{Shortened(node)}\" was read as {moment.Text}.");
        }

        _output.String(moment.Text);
        return true;
    }

    // Addresses in angle brackets or as Markdown links are what models write.
    private static HumanMoment ReadUri(string text)
    {
        string address = text.Trim('<', '>');
        int link = address.IndexOf("](", StringComparison.Ordinal);
        if (address.StartsWith('[') && link > 0 && address.EndsWith(')'))
        {
            address = address[(link + 2)..^1];
        }

        return address.Length > 0 && Uri.TryCreate(address, UriKind.RelativeOrAbsolute, out _) ? HumanMoment.Of(address) : default;
    }
}
