using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace GeminiBatch.Schemas.Tests;

// Texts and free-form values of which only some are allowed.
[ExtractionSchema]
public sealed partial record PaymentTerms(
    [AllowedValues("EUR", "USD", "in kind")] string Currency,
    [AllowedValues("none", 30L, true)] JsonElement Due,
    [AllowedValues(1, 2)] int? Rate,
    [StringLength(5)] string? Note);
