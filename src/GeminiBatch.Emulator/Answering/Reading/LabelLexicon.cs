using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace GeminiBatch.Emulator;

/// <summary>Finds the labels of labels.txt in a line: at each place the longest one, blind to case, accents, punctuation and single scanning errors.</summary>
internal sealed class LabelLexicon
{
    private const int MaxRemembered = 20_000;
    private const int MinFuzzyLength = 6;

    private readonly Dictionary<string, List<(Concept Concept, int Weight)>> labels = new(StringComparer.Ordinal);
    // How many words the longest label has that begins with a word.
    private readonly Dictionary<string, int> beginnings = new(StringComparer.Ordinal);
    private readonly HashSet<string> vocabulary = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> corrected = new(StringComparer.Ordinal);

    private LabelLexicon()
    {
        using var stream = typeof(LabelLexicon).Assembly.GetManifestResourceStream("labels.txt") ?? throw new InvalidOperationException("The labels are not embedded in the assembly.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                Add(line);
            }
        }
    }

    public static LabelLexicon Default { get; } = new();

    /// <summary>Lower case without accents.</summary>
    public static string Fold(string text)
    {
        if (text.All(char.IsAsciiLetterLower))
        {
            return text;
        }

        var folded = new StringBuilder(text.Length);
        foreach (var letter in text.Normalize(NormalizationForm.FormKD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
            {
                folded.Append(letter switch { 'ß' => "ss", 'ł' or 'Ł' => "l", 'ø' or 'Ø' => "o", 'æ' or 'Æ' => "ae", 'œ' or 'Œ' => "oe", _ => char.ToLowerInvariant(letter).ToString() });
            }
        }

        return folded.ToString();
    }

    /// <summary>Labels that are no headings of columns.</summary>
    public List<LabelHit> Find(string text) => Find(text, static concept => concept is < Concept.LineText);

    /// <summary>Headings of columns of a table of lines.</summary>
    public List<LabelHit> FindHeadings(string text) => Find(text, static concept => concept is >= Concept.LineText and < Concept.ItemStart);

    public List<LabelHit> FindItemStarts(string text) => Find(text, static concept => concept is Concept.ItemStart);

    private List<LabelHit> Find(string text, Func<Concept, bool> wanted)
    {
        var words = Words(text);
        var hits = new List<LabelHit>();
        for (var first = 0; first < words.Count;)
        {
            var taken = 1;
            for (var count = Math.Min(beginnings.GetValueOrDefault(words[first].Folded), words.Count - first); count > 0; count--)
            {
                var key = count == 1 ? words[first].Folded : string.Join(' ', words.Skip(first).Take(count).Select(word => word.Folded));
                if (IsOneCell(words, first, count, text) && labels.TryGetValue(key, out var meanings))
                {
                    var before = hits.Count;
                    foreach (var (concept, weight) in meanings.Where(meaning => wanted(meaning.Concept)))
                    {
                        hits.Add(new LabelHit(concept, weight, count, words[first].Start, words[first + count - 1].End));
                    }

                    if (hits.Count > before)
                    {
                        taken = count;
                        break;
                    }
                }
            }

            first += taken;
        }

        return hits;
    }

    private static bool IsOneCell(List<(string Folded, int Start, int End)> words, int first, int count, string text)
    {
        for (var index = first + 1; index < first + count; index++)
        {
            if (text.AsSpan(words[index - 1].End, words[index].Start - words[index - 1].End).Contains("  ", StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    private List<(string Folded, int Start, int End)> Words(string text)
    {
        var words = new List<(string, int, int)>();
        var start = -1;
        for (var index = 0; index <= text.Length; index++)
        {
            var inWord = index < text.Length && (char.IsLetter(text[index]) || (start >= 0 && char.IsAsciiDigit(text[index]) && char.IsLetter(text[index - 1])) || text[index] is '~');
            if (inWord && start < 0)
            {
                start = index;
            }
            else if (!inWord && start >= 0)
            {
                words.Add((Known(Fold(text[start..index])), start, index));
                start = -1;
            }
        }

        return words;
    }

    private string Known(string word)
    {
        if (word.Length < MinFuzzyLength || vocabulary.Contains(word))
        {
            return word;
        }

        if (corrected.TryGetValue(word, out var known))
        {
            return known;
        }

        var reread = word.Replace("rn", "m", StringComparison.Ordinal);
        known = vocabulary.Contains(reread) ? reread : vocabulary.Where(candidate => candidate.Length == word.Length && Differences(candidate, word) == 1).FirstOrDefault(word);
        if (corrected.Count < MaxRemembered)
        {
            corrected[word] = known;
        }

        return known;
    }

    private static int Differences(string one, string other)
    {
        var count = 0;
        for (var index = 0; index < one.Length && count < 2; index++)
        {
            count += one[index] == other[index] ? 0 : 1;
        }

        return count;
    }

    private void Add(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        var head = line[..colon].Split(' ');
        var concept = Enum.Parse<Concept>(head[0]);
        var weight = int.Parse(head[1], CultureInfo.InvariantCulture);
        foreach (var label in line[(colon + 1)..].Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var key = Fold(label);
            if (!labels.TryGetValue(key, out var meanings))
            {
                labels[key] = meanings = [];
            }

            if (!meanings.Any(meaning => meaning.Concept == concept))
            {
                meanings.Add((concept, weight));
            }

            var words = key.Split(' ');
            beginnings[words[0]] = Math.Max(beginnings.GetValueOrDefault(words[0]), words.Length);
            foreach (var word in words.Where(word => word.Length >= MinFuzzyLength))
            {
                vocabulary.Add(word);
            }
        }
    }
}
