using System.Globalization;
using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>Fills a schema from a document. What is not found is null, an empty text or an empty list; nothing is made up.</summary>
internal sealed class SchemaFiller
{
    private readonly InvoiceFacts facts;
    private readonly GenericReader generic;

    private SchemaFiller(string document)
    {
        facts = InvoiceFacts.Read(document);
        generic = new GenericReader(facts.Page);
    }

    public static JsonNode? Fill(AnswerSchema schema, string document) => new SchemaFiller(document).Fill("", schema, Concept.None);

    private JsonNode? Fill(string name, AnswerSchema schema, Concept party)
    {
        if (schema.IsObject)
        {
            return FillObject(schema, name.Length == 0 ? Concept.None : ConceptResolver.Resolve(name, schema, inItem: false, Concept.None));
        }

        return schema.IsArray ? FillArray(name, schema) : FillScalar(name, schema, party);
    }

    private JsonObject FillObject(AnswerSchema schema, Concept party)
    {
        var filled = new JsonObject();
        foreach (var (name, field) in schema.Properties)
        {
            var value = Fill(name, field, party);
            if (value is not null || field.Nullable || schema.Required.Contains(name))
            {
                filled[name] = value;
            }
        }

        return filled;
    }

    private JsonArray FillArray(string name, AnswerSchema schema)
    {
        if (schema.Items is not { } item)
        {
            return [];
        }

        if (!item.IsObject)
        {
            return new JsonArray([.. generic.ReadList(name).Select(value => ValueShaper.Shape(value, item, facts.Page)).OfType<JsonNode>()]);
        }

        var concepts = item.Properties.Select(field => ConceptResolver.Resolve(field.Name, field.Schema, inItem: true, Concept.None)).ToList();
        if (concepts.Count(concept => concept is Concept.LineText or Concept.Quantity or Concept.UnitPrice or Concept.LineAmount) < 2)
        {
            return new JsonArray([.. generic.ReadTable(item.Properties.Select(field => field.Name).ToList()).Select(row => FillRow(item, row))]);
        }

        return new JsonArray([.. facts.Items.Select(line => FillLine(item, concepts, line))]);
    }

    private JsonObject FillRow(AnswerSchema item, IReadOnlyList<string?> row)
    {
        var filled = new JsonObject();
        for (var index = 0; index < row.Count; index++)
        {
            filled[item.Properties[index].Name] = row[index] is { } text ? ValueShaper.Shape(text, item.Properties[index].Schema, facts.Page) : null;
        }

        return filled;
    }

    private static JsonObject FillLine(AnswerSchema item, List<Concept> concepts, LineItem line)
    {
        var filled = new JsonObject();
        for (var index = 0; index < concepts.Count; index++)
        {
            var (name, field) = item.Properties[index];
            JsonNode? value = concepts[index] switch
            {
                Concept.LineText => line.Text,
                Concept.Quantity => ValueShaper.Number(line.Quantity, field),
                Concept.Unit => line.Unit,
                Concept.UnitPrice => ValueShaper.Number(line.UnitPrice, field),
                Concept.LineAmount => ValueShaper.Number(line.Amount, field),
                Concept.LineTax => ValueShaper.Number(line.TaxRate, field),
                Concept.Code => line.Code,
                Concept.Position => field.IsNumber && decimal.TryParse(line.Position, NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? ValueShaper.Number(position, field) : line.Position,
                _ => null,
            };
            if (value is not null || field.Nullable || item.Required.Contains(name))
            {
                filled[name] = value;
            }
        }

        return filled;
    }

    private JsonNode? FillScalar(string name, AnswerSchema schema, Concept party)
    {
        var concept = ConceptResolver.Resolve(name, schema, inItem: false, party);
        if (schema.Values.Count > 0)
        {
            var known = concept == Concept.Currency ? facts.Currency : null;
            return EnumChooser.Choose(schema, known, concept == Concept.Currency ? "" : facts.Page.Text);
        }

        JsonNode? value = concept switch
        {
            Concept.Net => ValueShaper.Number(facts.Totals.Net, schema),
            Concept.Tax => ValueShaper.Number(facts.Totals.Tax, schema),
            Concept.Total => ValueShaper.Number(facts.Totals.Total, schema),
            Concept.TaxRate => ValueShaper.Number(facts.Totals.TaxRate, schema),
            Concept.Shipping => ValueShaper.Number(facts.Totals.Shipping, schema),
            Concept.Discount => ValueShaper.Number(facts.Totals.Discount, schema),
            Concept.Paid => ValueShaper.Number(facts.Totals.Paid, schema),
            Concept.IssueDate => ValueShaper.Date(facts.Header.IssueDate, schema),
            Concept.DueDate => ValueShaper.Date(facts.Header.DueDate, schema),
            Concept.ServiceDate => ValueShaper.Date(facts.Header.ServiceDate, schema),
            _ => ReadText(concept, party) is { } text ? ValueShaper.Shape(text, schema, facts.Page) : null,
        };
        value ??= concept == Concept.None && generic.ReadValue(name, schema) is { } found ? ValueShaper.Shape(found, schema, facts.Page) : null;
        return value ?? (schema is { Type: "string", Nullable: false, Format: null } ? "" : schema is { Type: "boolean", Nullable: false } ? generic.Mentions(name) : null);
    }

    private string? ReadText(Concept concept, Concept party) => concept switch
    {
        Concept.Number => facts.Header.Number,
        Concept.OrderNumber => facts.Header.OrderNumber,
        Concept.CustomerNumber => facts.Header.CustomerNumber,
        Concept.Reference => facts.Header.Reference,
        Concept.TaxId => facts.Header.TaxId,
        Concept.Supplier => facts.Parties.Supplier,
        Concept.Customer => facts.Parties.Customer,
        Concept.Currency => facts.Currency,
        Concept.Iban => facts.Header.Iban,
        Concept.Bic => facts.Header.Bic,
        Concept.Email => facts.Header.Email,
        Concept.Phone => facts.Header.Phone,
        Concept.Website => facts.Header.Website,
        Concept.Terms => facts.Header.Terms,
        Concept.PaymentMethod => facts.Header.PaymentMethod,
        Concept.Address => facts.Parties.AddressOf(party == Concept.Customer ? facts.Parties.Customer : facts.Parties.Supplier),
        _ => null,
    };
}
