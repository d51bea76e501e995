using Microsoft.Extensions.Options;
using PdfSharp;

[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace GeminiBatch.Pdf.Tests;

/// <summary>PDFsharp's terms are the program's choice.</summary>
public sealed class LicenceTests
{
    [Fact]
    public void Without_a_choice_of_licence_the_extractor_is_not_made_and_says_how_to_choose()
    {
        PdfSharpLicense.ResetLicense();
        try
        {
            var error = Assert.Throws<OptionsValidationException>(() => BatchExtractor.Create(static builder => builder
                .UseDeveloperApi(static options => options.ApiKey = "any").UseSqliteLedger("never-made.db").UsePdfSplitting()));

            Assert.Contains("AGPL-3.0", error.Message, StringComparison.Ordinal);
            Assert.Contains("SetAgplLicense", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            PdfSharpTerms.Choose();
        }
    }

    [Fact]
    public void Limits_that_are_none_are_refused_by_name()
    {
        var error = Assert.Throws<OptionsValidationException>(() => BatchExtractor.Create(static builder => builder
            .UseDeveloperApi(static options => options.ApiKey = "any").UseSqliteLedger("never-made.db").UsePdfSplitting(static options => (options.MaxPages, options.MaxBytes) = (0, 0))));

        Assert.Contains("MaxPages", error.Message, StringComparison.Ordinal);
        Assert.Contains("MaxBytes", error.Message, StringComparison.Ordinal);
    }
}
