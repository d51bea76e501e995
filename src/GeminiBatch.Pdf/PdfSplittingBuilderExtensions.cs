using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GeminiBatch;

/// <summary>Has PDFs split.</summary>
public static class PdfSplittingBuilderExtensions
{
    private const string Unlicensed =
        "PDFsharp, which splits PDFs, is licensed under AGPL-3.0 or commercially and has not been told which: call PdfSharp.PdfSharpLicense.SetAgplLicense(), or LoadLicense(…) with a bought key, before the extractor is made.";

    /// <summary>
    /// Has every PDF read while a run is planned, and cut into sections of pages where it is over a limit. <see cref="ExtractionRequest.Sections"/> says what becomes of
    /// their answers. A PDF that is encrypted or broken fails alone, as <c>encrypted_pdf</c> or <c>broken_pdf</c>; the run goes on. PDFs that are given by an address
    /// are not read.
    /// </summary>
    /// <remarks>
    /// PDFsharp, which does the cutting, is licensed under AGPL-3.0 or commercially, and works only once it was told under which:
    /// <c>PdfSharp.PdfSharpLicense.SetAgplLicense()</c> or <c>LoadLicense(…)</c>. That choice is the program's; it is never made here.
    /// </remarks>
    /// <param name="builder">The builder that <c>AddGeminiBatch</c> returns.</param>
    /// <param name="configure">The limits.</param>
    public static GeminiBatchBuilder UsePdfSplitting(this GeminiBatchBuilder builder, Action<PdfSplittingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var name = builder.Name ?? Options.DefaultName;
        builder.Services.AddOptions<PdfSplittingOptions>(name)
            .Configure(configure ?? (static _ => { }))
            .Validate(static options => options.MaxPages > 0, "PdfSplittingOptions.MaxPages has to be positive.")
            .Validate(static options => options.MaxBytes > 0, "PdfSplittingOptions.MaxBytes has to be positive.")
            .Validate(static _ => PdfReading.IsLicensed(), Unlicensed)
            .ValidateOnStart();
        return builder.UseDocumentSplitter(services => new PdfSplitter(services.GetRequiredService<IOptionsMonitor<PdfSplittingOptions>>().Get(name)));
    }
}
