using System.Runtime.CompilerServices;
using PdfSharp;

namespace GeminiBatch.Pdf.Tests;

/// <summary>These tests run PDFsharp under the AGPL.</summary>
internal static class PdfSharpTerms
{
#pragma warning disable CA2255 // A test assembly is a program.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Choose() => PdfSharpLicense.SetAgplLicense();
}
