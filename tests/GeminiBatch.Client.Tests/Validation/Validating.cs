using System.Text;

namespace GeminiBatch.Client.Tests.Validation;

internal static class Validating
{
    public static Task<List<RequestFinding>> FindAsync(string file, string backend, string? model = null) => FindAsync(Encoding.UTF8.GetBytes(file), backend, model);

    public static async Task<List<RequestFinding>> FindAsync(byte[] file, string backend, string? model = null)
    {
        var findings = new List<RequestFinding>();
        using var stream = new MemoryStream(file);
        await new RequestFileValidator(new RequestValidationOptions { Backend = backend, Model = model })
            .ValidateAsync(stream, findings.Add, TestContext.Current.CancellationToken);
        return findings;
    }
}
