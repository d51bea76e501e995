namespace GeminiBatch;

/// <summary>Names of months in the languages that documents come in, without accents, and the words that stand between the parts of a date.</summary>
internal static class MonthNames
{
    // Months in order; the names of one month are separated by spaces. A name that is used for two months would be in none.
    private static readonly string[] Names =
    [
        "january jan januar janvier janv enero ene gennaio gen janeiro januari styczen stycznia leden ledna",
        "february feb februar februari fevrier fev fevr febrero febbraio fevereiro luty lutego unor unora",
        "march mar marz maerz mrz mars marzo marco maart mrt marzec marca brezen brezna",
        "april apr avril avr abril abr aprile kwiecien kwietnia duben dubna",
        "may mai mayo maggio mag maio mei maj maja kveten kvetna",
        "june jun juni juin junio giugno giu junho czerwiec czerwca cerven cervna",
        "july jul juli juillet juil julio luglio lug julho lipiec lipca cervenec cervence",
        "august aug aout agosto ago augustus augusti sierpien sierpnia srpen srpna",
        "september sep sept septembre septiembre settembre set setembro wrzesien wrzesnia zari",
        "october oct oktober okt octobre octubre ottobre ott outubro out pazdziernik pazdziernika rijen rijna",
        "november nov novembre noviembre novembro listopada",
        "december dec dezember dez decembre diciembre dic dicembre dezembro desember grudzien grudnia prosinec prosince",
    ];

    private static readonly Dictionary<string, int> Months = Names
        .SelectMany(static (names, index) => names.Split(' ').Select(name => (name, index)))
        .ToDictionary(static entry => entry.name, static entry => entry.index + 1, StringComparer.Ordinal);

    private static readonly HashSet<string> Fillers = new(StringComparer.Ordinal)
    {
        "of", "the", "de", "del", "di", "den", "der", "le", "el", "den", "am", "on", "do",
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "wed", "thu", "fri", "sat", "sun",
        "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag",
        "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
        "lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo",
        "lunedi", "martedi", "mercoledi", "giovedi", "venerdi", "domenica",
    };

    /// <summary>The number of a month by its name or abbreviation; 0 when the word is none.</summary>
    public static int Find(string word) => Months.GetValueOrDefault(NameFolding.Fold(word));

    public static bool IsFiller(string word) => Fillers.Contains(NameFolding.Fold(word));
}
