using System.Reflection;
using System.Runtime.Loader;
using Microsoft.Extensions.Options;

[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace GeminiBatch.Pdf.Tests;

/// <summary>PDFsharp's terms are the program's choice.</summary>
public sealed class LicenceTests
{
    [Fact]
    public void PDFsharp_that_was_told_nothing_is_noticed_and_nothing_is_chosen_for_the_program()
    {
        // Fresh copies of both assemblies, in which nobody has chosen.
        var fresh = new FreshContext();
        var reading = fresh.LoadFromAssemblyPath(typeof(PdfReading).Assembly.Location).GetType(typeof(PdfReading).FullName!)!;

        Assert.False((bool)reading.GetMethod(nameof(PdfReading.IsLicensed))!.Invoke(null, null)!);
        Assert.True(PdfReading.IsLicensed());
        fresh.Unload();
    }

    [Fact]
    public void Limits_that_are_none_are_refused_by_name()
    {
        var error = Assert.Throws<OptionsValidationException>(() => BatchExtractor.Create(static builder => builder
            .UseDeveloperApi(static options => options.ApiKey = Guid.NewGuid().ToString("N")).UseSqliteLedger("never-made.db").UsePdfSplitting(static options => (options.MaxPages, options.MaxBytes) = (0, 0))));

        Assert.Contains("MaxPages", error.Message, StringComparison.Ordinal);
        Assert.Contains("MaxBytes", error.Message, StringComparison.Ordinal);
    }

    private sealed class FreshContext() : AssemblyLoadContext("fresh", isCollectible: true)
    {
        protected override Assembly? Load(AssemblyName assemblyName) =>
            assemblyName.Name!.StartsWith("PdfSharp", StringComparison.Ordinal) ? LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, assemblyName.Name + ".dll")) : null;
    }
}
