using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using GeminiBatch.Testing;

namespace GeminiBatch.Schemas.Tests.Tolerant;

/// <summary>Answers cut at any place, damaged in their structure or made of rubble: nothing throws, and nothing wrong passes unreported.</summary>
public sealed class DamageTests
{
    private static readonly JsonSerializerOptions[] Layouts =
    [
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping },
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true },
    ];

    private static readonly string[] Rubble =
        ["{", "}", "[", "]", "\"", "'", ",", ":", "\\", "\\u12", "```", "```json\n", "//", "/*", "#", "\n", " ", "a", "\"a\":", "1", "-", ".", "null", "“", "”", "(", "é", "{\"a\": 1}", "<think>", "..."];

    private static readonly string[] Words =
        ["pen", "A-1", "blue, large", "5 \"inch\"", "x {y}", "[z]", "note: ok", "it's", "Größe", "a\\b", "line\nbreak", "12", "true", "", "end.", "http://x.y/z", "a, \"b\": c", "“q”"];

    private static readonly Gen<string> Text = Gen.Elements(Words).NonEmptyListOf().Select(static words => string.Join(' ', words.Take(3)));

    private static readonly Gen<JsonObject> Invoices =
        from number in Text
        from cents in Gen.Choose(-100_000, 100_000)
        from lines in (from text in Text from amount in Gen.Choose(0, 9999) from quantity in Gen.Choose(0, 9) select (text, amount, quantity)).ListOf()
        select new JsonObject
        {
            ["number"] = number,
            ["total"] = cents / 100m,
            ["issuedOn"] = "2026-03-04",
            ["currency"] = "Eur",
            ["paid"] = true,
            ["lines"] = new JsonArray([.. lines.Take(4).Select(static line => new JsonObject { ["text"] = line.text, ["amount"] = line.amount / 10m, ["quantity"] = line.quantity })]),
            ["notes"] = new JsonObject { ["k"] = number },
        };

    private static readonly Gen<string> Answers =
        from invoice in Invoices
        from layout in Gen.Elements(Layouts)
        select invoice.ToJsonString(layout);

    private static readonly Config Rounds = PropertyRounds.Of(1000);

    [Fact]
    public void A_clean_answer_is_exact() => Prop.ForAll(Answers.ToArbitrary(), static answer =>
        Answer.Read(Descriptors.Invoice, answer).Status == AnswerStatus.Exact).Check(Rounds);

    [Fact]
    public void A_cut_answer_is_never_passed_off_as_whole() => Prop.ForAll(
        (from answer in Answers from at in Gen.Choose(0, answer.Length - 1) select (answer, at)).ToArbitrary(),
        static sample =>
        {
            string whole = Answer.Read(Descriptors.Invoice, sample.answer).Json();
            AnswerReading cut = Answer.Read(Descriptors.Invoice, sample.answer[..sample.at]);
            return cut.Succeeded ? cut.Json() == whole : cut.Errors.Count > 0 && cut.Status != AnswerStatus.Exact;
        }).Check(Rounds);

    [Fact]
    public void A_damaged_bracket_quote_comma_or_colon_never_changes_a_required_value_without_a_report_on_it() => Prop.ForAll(
        (from answer in Answers
         from place in Gen.Choose(0, int.MaxValue - 1)
         from mark in Gen.Elements("{}[],:\"".ToCharArray())
         from how in Gen.Choose(0, 2)
         select (answer, place, mark, how)).ToArbitrary(),
        static sample =>
        {
            JsonObject whole = Parsed(Answer.Read(Descriptors.Invoice, sample.answer));
            AnswerReading reading = Answer.Read(Descriptors.Invoice, Damage(sample.answer, sample.place, sample.mark, sample.how));
            if (!reading.Succeeded)
            {
                return reading.Errors.Count > 0;
            }

            JsonObject damaged = Parsed(reading);
            return new[] { "number", "total", "lines" }.All(name =>
                JsonNode.DeepEquals(whole[name], damaged[name]) || reading.Repairs.Any(repair => repair.Path.StartsWith("$." + name, StringComparison.Ordinal)));
        }).Check(Rounds);

    [Fact]
    public void Rubble_is_read_without_an_exception_and_what_comes_out_is_JSON() => Prop.ForAll(
        Gen.Elements(Rubble).ListOf().Select(static pieces => string.Concat(pieces)).ToArbitrary(),
        static text =>
        {
            byte[] utf8 = Encoding.UTF8.GetBytes(text);
            foreach (ParseOptions options in new[] { ParseOptions.Default, ParseOptions.SyntaxOnly, ParseOptions.Strict })
            {
                Check(TolerantReader.Read(utf8, null, options), utf8);
                Check(TolerantReader.Read(utf8, Descriptors.Probe, options), utf8);
                Check(TolerantReader.Read(utf8, Descriptors.Analysis, options), utf8);
            }
        }).Check(Rounds);

    [Fact]
    public void Exact_without_a_schema_means_strict_JSON() => Prop.ForAll(
        Gen.Elements(Rubble).ListOf().Select(static pieces => string.Concat(pieces)).ToArbitrary(),
        static text =>
        {
            bool strict = true;
            try
            {
                using JsonDocument document = JsonDocument.Parse(text);
            }
            catch (JsonException)
            {
                strict = false;
            }

            return strict == (JsonRepair.Repair(text, ParseOptions.Strict).Status == AnswerStatus.Exact) && (strict || JsonRepair.Repair(text).Status != AnswerStatus.Exact);
        }).Check(Rounds);

    private static void Check(AnswerReading reading, byte[] source)
    {
        Assert.Equal(reading.Errors.Count == 0, reading.Succeeded);
        Assert.All(reading.Repairs, repair => Assert.InRange(repair.Start + repair.Length, repair.Start, source.Length));
        if (!reading.CanonicalJson.IsEmpty)
        {
            using JsonDocument document = JsonDocument.Parse(reading.CanonicalJson);
        }
    }

    private static JsonObject Parsed(AnswerReading reading) => JsonNode.Parse(reading.CanonicalJson.Span)!.AsObject();

    // Drops, inserts or replaces one structural character; string contents stay as they are.
    private static string Damage(string json, int place, char mark, int how)
    {
        List<(int At, bool Closing)> structure = [];
        bool inside = false;
        for (int i = 0; i < json.Length; i++)
        {
            if (inside && json[i] == '\\')
            {
                i++;
            }
            else if (json[i] == '"')
            {
                structure.Add((i, inside));
                inside = !inside;
            }
            else if (!inside && "{}[],:".Contains(json[i], StringComparison.Ordinal))
            {
                structure.Add((i, false));
            }
        }

        (int at, bool closing) = structure[place % structure.Count];
        return how switch
        {
            0 => json.Remove(at, 1),
            1 => json.Insert(closing ? at + 1 : at, mark.ToString()),
            _ => json.Remove(at, 1).Insert(at, mark.ToString()),
        };
    }
}
