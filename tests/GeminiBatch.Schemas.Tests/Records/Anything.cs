using System.Text.Json;

namespace GeminiBatch.Schemas.Tests;

/// <summary>Values of which nothing is said.</summary>
[ExtractionSchema]
public sealed partial record Anything(JsonElement First, IReadOnlyList<JsonElement> Others);
