namespace GeminiBatch.Generators;

/// <summary>How members are called in JSON; the values are those of System.Text.Json's JsonKnownNamingPolicy.</summary>
internal enum JsonNaming
{
    Unspecified = 0,
    CamelCase = 1,
    SnakeCaseLower = 2,
    SnakeCaseUpper = 3,
    KebabCaseLower = 4,
    KebabCaseUpper = 5,
}
