using System.Text.Json.Serialization;

namespace GeminiBatch.Benchmarks;

[JsonSerializable(typeof(string))]
internal sealed partial class PlainText : JsonSerializerContext;
