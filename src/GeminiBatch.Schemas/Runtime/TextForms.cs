using System.Buffers;
using System.Buffers.Text;

namespace GeminiBatch.Runtime;

/// <summary>Whether a text has the form that its schema asks for; an empty text has every form, as in DataAnnotations.</summary>
internal static class TextForms
{
    private static readonly SearchValues<char> s_phoneMarks = SearchValues.Create("0123456789-.() ");
    private static readonly string[] s_schemes = ["http://", "https://", "ftp://"];

    public static bool Has(string text, SchemaTextForm form) => text.Length == 0 || form switch
    {
        SchemaTextForm.EmailAddress => IsEmailAddress(text),
        SchemaTextForm.Url => s_schemes.Any(scheme => text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)),
        SchemaTextForm.Phone => IsPhone(text),
        SchemaTextForm.CreditCard => IsCreditCard(text),
        SchemaTextForm.Base64 => Base64.IsValid(text),
        _ => true,
    };

    private static bool IsEmailAddress(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && at < text.Length - 1 && at == text.LastIndexOf('@') && text.AsSpan().IndexOfAny('\r', '\n') < 0;
    }

    private static bool IsPhone(string text)
    {
        var number = text.Replace("+", "", StringComparison.Ordinal).TrimEnd();
        foreach (var mark in new[] { "ext.", "ext", "x" })
        {
            var extension = number.LastIndexOf(mark, StringComparison.OrdinalIgnoreCase);
            if (extension >= 0 && number.AsSpan(extension + mark.Length).TrimStart() is { Length: > 0 } digits && digits.IndexOfAnyExceptInRange('0', '9') < 0)
            {
                number = number[..extension];
                break;
            }
        }

        return number.AsSpan().IndexOfAnyInRange('0', '9') >= 0 && number.AsSpan().IndexOfAnyExcept(s_phoneMarks) < 0;
    }

    private static bool IsCreditCard(string text)
    {
        var sum = 0;
        var isSecond = false;
        foreach (var character in text.Reverse().Where(static character => character is not ('-' or ' ')))
        {
            if (!char.IsAsciiDigit(character))
            {
                return false;
            }

            var digit = (character - '0') * (isSecond ? 2 : 1);
            sum += digit > 9 ? digit - 9 : digit;
            isSecond = !isSecond;
        }

        return sum % 10 == 0;
    }
}
