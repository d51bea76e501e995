using System.Globalization;
using System.Text;

namespace GeminiBatch.Generators;

/// <summary>JSON names of members, as System.Text.Json makes them.</summary>
internal static class JsonNames
{
    public static string Of(string member, JsonNaming naming) => naming switch
    {
        JsonNaming.CamelCase => Literals.Camel(member),
        JsonNaming.SnakeCaseLower => Separated(member, '_', isUpper: false),
        JsonNaming.SnakeCaseUpper => Separated(member, '_', isUpper: true),
        JsonNaming.KebabCaseLower => Separated(member, '-', isUpper: false),
        JsonNaming.KebabCaseUpper => Separated(member, '-', isUpper: true),
        _ => member,
    };

    /// <summary>A word starts at an upper-case letter behind a lower-case one or a digit, and at the last of several before a lower-case one.</summary>
    private static string Separated(string member, char separator, bool isUpper)
    {
        var name = new StringBuilder();
        var before = UnicodeCategory.OtherNotAssigned;
        for (var i = 0; i < member.Length; i++)
        {
            var current = member[i];
            var category = char.GetUnicodeCategory(current);
            switch (category)
            {
                case UnicodeCategory.UppercaseLetter:
                    var endsCapitals = before == UnicodeCategory.UppercaseLetter && i + 1 < member.Length && char.IsLower(member[i + 1]);
                    Append(before == UnicodeCategory.LowercaseLetter || endsCapitals);
                    before = category;
                    break;
                case UnicodeCategory.LowercaseLetter or UnicodeCategory.DecimalDigitNumber:
                    Append(startsWord: false);
                    before = UnicodeCategory.LowercaseLetter;
                    break;
                default:
                    name.Append(current);
                    before = UnicodeCategory.OtherNotAssigned;
                    break;
            }

            void Append(bool startsWord)
            {
                if (startsWord)
                {
                    name.Append(separator);
                }

                name.Append(isUpper ? char.ToUpperInvariant(current) : char.ToLowerInvariant(current));
            }
        }

        return name.ToString();
    }
}
