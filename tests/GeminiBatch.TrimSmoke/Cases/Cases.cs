using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GeminiBatch.TypeCases;

[ExtractionSchema<Holder<string>>]
[ExtractionSchema<Holder<bool>>]
[ExtractionSchema<Holder<byte>>]
[ExtractionSchema<Holder<sbyte>>]
[ExtractionSchema<Holder<short>>]
[ExtractionSchema<Holder<ushort>>]
[ExtractionSchema<Holder<int>>]
[ExtractionSchema<Holder<uint>>]
[ExtractionSchema<Holder<long>>]
[ExtractionSchema<Holder<ulong>>]
[ExtractionSchema<Holder<Int128>>]
[ExtractionSchema<Holder<UInt128>>]
[ExtractionSchema<Holder<float>>]
[ExtractionSchema<Holder<double>>]
[ExtractionSchema<Holder<decimal>>]
[ExtractionSchema<Holder<DateOnly>>]
[ExtractionSchema<Holder<TimeOnly>>]
[ExtractionSchema<Holder<DateTime>>]
[ExtractionSchema<Holder<DateTimeOffset>>]
[ExtractionSchema<Holder<TimeSpan>>]
[ExtractionSchema<Holder<Guid>>]
[ExtractionSchema<Holder<Uri>>]
[ExtractionSchema<Holder<JsonElement>>]
[ExtractionSchema<Holder<JsonNode>>]
[ExtractionSchema<Holder<Shade>>]
[ExtractionSchema<Holder<int?>>]
[ExtractionSchema<Holder<string[]>>]
[ExtractionSchema<Holder<List<int>>>]
[ExtractionSchema<Holder<IReadOnlyList<Part>>>]
[ExtractionSchema<Holder<ImmutableArray<int>>>]
[ExtractionSchema<Holder<ImmutableList<int>>>]
[ExtractionSchema<Holder<HashSet<string>>>]
[ExtractionSchema<Holder<FrozenSet<string>>>]
[ExtractionSchema<Holder<Dictionary<string, int>>>]
[ExtractionSchema<Holder<Dictionary<int, bool>>>]
[ExtractionSchema<Holder<Dictionary<Shade, string>>>]
[ExtractionSchema<Holder<FrozenDictionary<string, int>>>]
[ExtractionSchema<Holder<Part>>]
[ExtractionSchema<Holder<Point>>]
[ExtractionSchema<Holder<Box>>]
[ExtractionSchema<Holder<Dog>>]
[ExtractionSchema<Holder<Page<Part>>>]
[ExtractionSchema<Holder<Section>>]
[ExtractionSchema<Holder<Payment>>]
[ExtractionSchema<OptionalText>]
[ExtractionSchema<DefaultNumber>]
[ExtractionSchema<BoundedNumber>]
[ExtractionSchema<List<Part>>]
[ExtractionSchema<Shade>]
[ExtractionSchema<int>]
[ExtractionSchema<Payment>]
internal static partial class Cases
{
    /// <summary>Every shape that a schema may hold.</summary>
    public static IReadOnlyList<TypeCase> All { get; } =
    [
        TypeCase.Member("string", HolderString, "\"x\""),
        TypeCase.Member("bool", HolderBoolean, """true"""),
        TypeCase.Member("byte", HolderByte, """255"""),
        TypeCase.Member("sbyte", HolderSByte, """-1"""),
        TypeCase.Member("short", HolderInt16, """-3"""),
        TypeCase.Member("ushort", HolderUInt16, """4"""),
        TypeCase.Member("int", HolderInt32, """-5"""),
        TypeCase.Member("uint", HolderUInt32, """6"""),
        TypeCase.Member("long", HolderInt64, """-7"""),
        TypeCase.Member("ulong", HolderUInt64, """18446744073709551615"""),
        TypeCase.Member("Int128", HolderInt128, """-8"""),
        TypeCase.Member("UInt128", HolderUInt128, """9"""),
        TypeCase.Member("float", HolderSingle, """1.5"""),
        TypeCase.Member("double", HolderDouble, """-2.25"""),
        TypeCase.Member("decimal", HolderDecimal, """3.10"""),
        TypeCase.Member("DateOnly", HolderDateOnly, "\"2026-02-28\""),
        TypeCase.Member("TimeOnly", HolderTimeOnly, "\"23:59:58\""),
        TypeCase.Member("DateTime", HolderDateTime, "\"2026-02-28T01:02:03\""),
        TypeCase.Member("DateTimeOffset", HolderDateTimeOffset, "\"2026-02-28T01:02:03-03:30\""),
        TypeCase.Member("TimeSpan", HolderTimeSpan, "\"P1DT12H\""),
        TypeCase.Member("Guid", HolderGuid, "\"0f8fad5b-d9cb-469f-a165-70867728950e\""),
        TypeCase.Member("Uri", HolderUri, "\"https://example.org/a\""),
        TypeCase.Member("JsonElement", HolderJsonElement, """{"a":[1,null]}"""),
        TypeCase.Member("JsonNode", HolderJsonNode, """{"a":[1,null]}"""),
        TypeCase.Member("enum", HolderShade, "\"very dark\""),
        TypeCase.Member("int?", HolderNullableInt32, """null"""),
        TypeCase.Member("T[]", HolderStringArray, """["x"]"""),
        TypeCase.Member("List<T>", HolderListInt32, """[1]"""),
        TypeCase.Member("IReadOnlyList<T>", HolderIReadOnlyListPart, """[{"name":"x"}]"""),
        TypeCase.Member("ImmutableArray<T>", HolderImmutableArrayInt32, """[1,2]"""),
        TypeCase.Member("ImmutableList<T>", HolderImmutableListInt32, """[1,2]"""),
        TypeCase.Member("HashSet<T>", HolderHashSetString, """["x","y"]"""),
        TypeCase.Member("FrozenSet<T>", HolderFrozenSetString, """["x"]"""),
        TypeCase.Member("Dictionary<string, T>", HolderDictionaryStringInt32, """{"x":1}"""),
        TypeCase.Member("Dictionary<int, T>", HolderDictionaryInt32Boolean, """{"-3":true}"""),
        TypeCase.Member("Dictionary<enum, T>", HolderDictionaryShadeString, """{"Light":"x"}"""),
        TypeCase.Member("FrozenDictionary<string, T>", HolderFrozenDictionaryStringInt32, """{"x":1}"""),
        TypeCase.Member("record", HolderPart, """{"name":"x"}"""),
        TypeCase.Member("record struct", HolderPoint, """{"x":1,"y":2}"""),
        TypeCase.Member("class with required and default", HolderBox, """{"label":"x","count":2}"""),
        TypeCase.Member("derived record", HolderDog, """{"name":"x","legs":4}"""),
        TypeCase.Member("closed generic record", HolderPagePart, """{"rows":[{"name":"x"}],"number":1}"""),
        TypeCase.Member("recursive record", HolderSection, """{"title":"a","next":{"title":"b","next":null,"children":[]},"children":[]}"""),
        TypeCase.Member("union by [JsonPolymorphic]", HolderPayment, """{"kind":"transfer","iban":"x"}"""),
        TypeCase.Member("string?", OptionalText, """null"""),
        TypeCase.Member("int x = 3", DefaultNumber, """4"""),
        TypeCase.Member("[Range(0, 10)] int", BoundedNumber, """10"""),
        TypeCase.Root("List<record> as root", ListPart, """[{"name":"x"}]"""),
        TypeCase.Root("enum as root", Shade, "\"very dark\""),
        TypeCase.Root("int as root", Int32, """3"""),
        TypeCase.Root("union as root", Payment, """{"kind":"card","lastDigits":"1"}"""),
    ];
}
