namespace GeminiBatch.Emulator;

/// <summary>What a field of a schema asks for, told by the words of its name and, failing that, of its description.</summary>
internal static class ConceptResolver
{
    private static readonly HashSet<string> Fillers = new(StringComparer.Ordinal) { "invoice", "document", "receipt", "bill", "the", "of", "in", "a" };

    /// <param name="name">The field's name.</param>
    /// <param name="schema">Its schema.</param>
    /// <param name="inItem">Whether the field belongs to an item of a list.</param>
    /// <param name="party">The party that the enclosing object stands for, if it does.</param>
    public static Concept Resolve(string name, AnswerSchema schema, bool inItem, Concept party)
    {
        var words = Words(name);
        var concept = inItem ? OfItem(words, schema) : party != Concept.None ? OfParty(words, party) : OfDocument(words, schema);
        if (concept != Concept.None || schema.Description is not { } description || inItem || party != Concept.None)
        {
            return concept;
        }

        return OfDocument(Split(description.Split('.', ';')[0]).Take(6).ToHashSet(StringComparer.Ordinal), schema);
    }

    /// <summary>The words of a name, each once.</summary>
    public static HashSet<string> Words(string name) => Split(name).ToHashSet(StringComparer.Ordinal);

    /// <summary>camelCase, snake_case and words, folded, in order.</summary>
    public static string[] Split(string name)
    {
        var spaced = new System.Text.StringBuilder(name.Length + 8);
        for (var index = 0; index < name.Length; index++)
        {
            if (index > 0 && char.IsUpper(name[index]) && (char.IsLower(name[index - 1]) || (index + 1 < name.Length && char.IsLower(name[index + 1]))))
            {
                spaced.Append(' ');
            }

            spaced.Append(char.IsLetterOrDigit(name[index]) ? name[index] : ' ');
        }

        return LabelLexicon.Fold(spaced.ToString()).Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    private static Concept OfDocument(HashSet<string> words, AnswerSchema schema)
    {
        bool Any(params ReadOnlySpan<string> names) => Has(words, names);
        if (schema.IsObject)
        {
            return Any("supplier", "vendor", "seller", "issuer", "merchant", "biller", "sender") ? Concept.Supplier : Any("customer", "buyer", "client", "recipient", "bill") ? Concept.Customer : Concept.None;
        }

        var single = Any("iban") ? Concept.Iban
            : Any("bic", "swift") ? Concept.Bic
            : Any("email", "mail") ? Concept.Email
            : Any("phone", "telephone", "tel", "mobile") ? Concept.Phone
            : Any("website", "url", "homepage") ? Concept.Website
            : Any("currency") ? Concept.Currency
            : Any("address", "street") ? Concept.Address
            : Any("country") ? Concept.Country
            : Any("terms") ? Concept.Terms
            : Any("method") ? Concept.PaymentMethod
            : Concept.None;
        return single != Concept.None ? single : schema.IsNumber ? OfSum(words) : OfText(words, schema);
    }

    private static Concept OfSum(HashSet<string> words)
    {
        bool Any(params ReadOnlySpan<string> names) => Has(words, names);
        return Any("rate", "percent", "percentage") && Any("tax", "vat") ? Concept.TaxRate
            : Any("net", "subtotal", "untaxed", "excluding", "excl", "before", "sub") ? Concept.Net
            : Any("shipping", "freight", "delivery") ? Concept.Shipping
            : Any("discount") ? Concept.Discount
            : Any("paid", "prepaid", "deposit") ? Concept.Paid
            : Any("total", "gross", "grand", "due", "payable", "sum") && !Any("tax", "taxes", "vat") ? Concept.Total
            : Any("tax", "taxes", "vat", "gst") ? Concept.Tax
            : Any("total", "amount") ? Concept.Total
            : Concept.None;
    }

    private static Concept OfText(HashSet<string> words, AnswerSchema schema)
    {
        bool Any(params ReadOnlySpan<string> names) => Has(words, names);
        var isDate = schema.Format?.StartsWith("date", StringComparison.Ordinal) == true || Any("date", "day", "on", "issued", "due", "deadline");
        if (isDate && !Any("number", "id"))
        {
            return Any("due", "deadline", "payable", "payment", "pay") ? Concept.DueDate
                : Any("delivery", "service", "supply", "start", "end", "period", "order") ? Concept.ServiceDate
                : Concept.IssueDate;
        }

        var isNumber = Any("number", "no", "nr", "id", "ref", "reference", "code");
        return Any("vat", "tax", "nif", "nip", "vatid", "taxid") ? Concept.TaxId
            : isNumber && Any("order", "po", "purchase") ? Concept.OrderNumber
            : isNumber && Any("customer", "client", "account") ? Concept.CustomerNumber
            : Any("reference", "ref") ? Concept.Reference
            : isNumber && words.Except(Fillers).Count() <= 2 && !Any("phone", "contract", "registration", "company") ? Concept.Number
            : Any("supplier", "vendor", "seller", "issuer", "merchant", "biller", "company", "from") ? Concept.Supplier
            : Any("customer", "buyer", "client", "recipient", "billed", "payer", "to") ? Concept.Customer
            : Concept.None;
    }

    private static Concept OfParty(HashSet<string> words, Concept party)
    {
        bool Any(params ReadOnlySpan<string> names) => Has(words, names);
        return Any("name", "company") ? party
            : Any("vat", "tax") ? party == Concept.Supplier ? Concept.TaxId : Concept.None
            : Any("address", "street") ? Concept.Address
            : Any("country") ? Concept.Country
            : party == Concept.Supplier && Any("iban") ? Concept.Iban
            : party == Concept.Supplier && Any("email", "mail") ? Concept.Email
            : party == Concept.Supplier && Any("phone", "telephone", "tel") ? Concept.Phone
            : Concept.None;
    }

    private static Concept OfItem(HashSet<string> words, AnswerSchema schema)
    {
        bool Any(params ReadOnlySpan<string> names) => Has(words, names);
        return Any("rate", "percent") && Any("tax", "vat") || (schema.IsNumber && Any("tax", "vat")) ? Concept.LineTax
            : Any("quantity", "qty", "count", "units", "hours") ? Concept.Quantity
            : Any("price", "rate", "cost") && !Any("total", "sub", "subtotal") ? Concept.UnitPrice
            : schema.IsNumber && Any("amount", "total", "sum", "subtotal", "net", "value") ? Concept.LineAmount
            : Any("unit", "uom") ? Concept.Unit
            : Any("code", "sku", "article") ? Concept.Code
            : Any("position", "pos", "number") ? Concept.Position
            : !schema.IsNumber && Any("text", "description", "name", "item", "product", "desc", "title", "service", "label") ? Concept.LineText
            : Concept.None;
    }

    private static bool Has(HashSet<string> words, ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (words.Contains(name))
            {
                return true;
            }
        }

        return false;
    }
}
