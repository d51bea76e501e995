namespace GeminiBatch.Emulator;

/// <summary>Reads tables with headings. Columns are told by position, or by order where tabs or bars separate them; pages may repeat the headings.</summary>
internal static class TableReader
{
    private const int Reach = 9;

    public static List<LineItem> Read(DocumentPage page, HashSet<int> used)
    {
        var items = new List<LineItem>();
        for (var line = 0; line < page.Lines.Count; line++)
        {
            if (Headings(page, line) is { } columns)
            {
                used.Add(line);
                line = ReadRows(page, line + 1, columns, items, used) - 1;
            }
        }

        return items;
    }

    private static List<Column>? Headings(DocumentPage page, int line)
    {
        var text = page.Lines[line];
        if (text.Cells.Count < 2 || page.Amounts.Read(text.Text).Any(amount => amount.IsMoney))
        {
            return null;
        }

        var columns = new List<Column>();
        foreach (var hit in LabelLexicon.Default.FindHeadings(text.Text))
        {
            var ordinal = text.Cells.Select((cell, index) => (cell, index)).LastOrDefault(entry => entry.cell.Start <= hit.Start).index;
            var cell = text.Cells[ordinal];
            // One cell may hold two short headings ("Menge Einh."); elsewhere a heading begins its cell.
            if (columns.Count > 0 && columns[^1].Concept == hit.Concept && columns[^1].Ordinal == ordinal)
            {
                columns[^1] = columns[^1] with { End = hit.End };
            }
            else if (columns.Count > 0 && columns[^1].Start == hit.Start)
            {
                // Two meanings of one heading: the one that the table still lacks.
                if (columns.Take(columns.Count - 1).Any(other => other.Concept == columns[^1].Concept))
                {
                    columns[^1] = columns[^1] with { Concept = hit.Concept };
                }
            }
            else
            {
                columns.Add(new Column(hit.Concept, hit.Start, Math.Max(hit.End, text.IsDelimited ? cell.End : hit.End), ordinal));
            }
        }

        Disambiguate(columns);
        var kinds = columns.Select(column => column.Concept).ToHashSet();
        return kinds.Contains(Concept.LineText) && (kinds.Contains(Concept.LineAmount) || kinds.Contains(Concept.UnitPrice)) && kinds.Count >= 2 && columns.Count >= 2 ? columns : null;
    }

    /// <summary>Of two equal headings the later amount, and the first text, are meant.</summary>
    private static void Disambiguate(List<Column> columns)
    {
        for (var index = columns.Count - 1; index > 0; index--)
        {
            for (var earlier = 0; earlier < index; earlier++)
            {
                if (columns[earlier].Concept == columns[index].Concept)
                {
                    var (replaced, substitute) = columns[index].Concept switch
                    {
                        Concept.LineAmount => (earlier, columns.Any(column => column.Concept == Concept.UnitPrice) ? Concept.None : Concept.UnitPrice),
                        _ => (index, Concept.None),
                    };
                    columns[replaced] = columns[replaced] with { Concept = substitute };
                }
            }
        }
    }

    private static int ReadRows(DocumentPage page, int first, List<Column> columns, List<LineItem> items, HashSet<int> used)
    {
        var line = first;
        var blanks = 0;
        // Where amounts have decimals, a page number under their column is no amount.
        var needsDecimals = items.Any(item => item.Amount is { Scale: > 0 });
        for (; line < page.Lines.Count; line++)
        {
            var text = page.Lines[line];
            if (text.IsBlank)
            {
                blanks++;
                continue;
            }

            if (Headings(page, line) is not null)
            {
                return line;
            }

            if (IsSum(page, line, columns))
            {
                continue;
            }

            var item = text.IsDelimited && page.Lines[first - 1].IsDelimited ? ReadDelimited(page, text, columns) : ReadPositioned(page, text, columns, needsDecimals, items.Count + 1);
            needsDecimals |= item?.Amount is { Scale: > 0 };
            if (item is not null)
            {
                items.Add(item);
                used.Add(line);
                blanks = 0;
            }
            else if (items.Count > 0 && blanks == 0 && used.Contains(line - 1) && IsContinuation(text, columns))
            {
                items[^1] = items[^1] with { Text = items[^1].Text + " " + text.Text.Trim() };
                used.Add(line);
            }
        }

        return line;
    }

    private static bool IsContinuation(TextLine text, List<Column> columns) =>
        text.Cells is [var only] && columns.First(column => column.Concept == Concept.LineText) is var column && Math.Abs(only.Start - column.Start) <= 1 && column.Start > 0;

    /// <summary>A sum or a carry-over has its label where a text would be, and at most one price.</summary>
    private static bool IsSum(DocumentPage page, int line, List<Column> columns)
    {
        var labels = page.Labels[line].Where(label => label.Concept is Concept.Net or Concept.Tax or Concept.Total or Concept.CarryOver or Concept.Paid).ToList();
        if (labels.Count == 0)
        {
            return false;
        }

        var text = page.Lines[line].Text;
        var before = text[..labels[0].Start];
        var hasFew = page.Amounts.Read(page.Dates.Blank(text)).Count(amount => !amount.IsPercent) <= (columns.Any(column => column.Concept == Concept.Quantity) ? 1 : 2);
        return !before.Any(char.IsLetter) || (hasFew && page.Lines[line].Cells[0].Start > columns[0].Start + 8);
    }

    private static LineItem? ReadDelimited(DocumentPage page, TextLine text, List<Column> columns)
    {
        string? Cell(Concept concept) => columns.FirstOrDefault(column => column.Concept == concept) is { } column && column.Ordinal < text.Cells.Count && text.Cells[column.Ordinal].Text is { Length: > 0 } value ? value : null;
        decimal? Number(Concept concept) => Cell(concept) is { } value ? page.Amounts.ReadOne(value) : null;
        return Cell(Concept.LineText) is { } description && (Number(Concept.LineAmount) ?? Number(Concept.UnitPrice)) is not null
            ? new LineItem(description)
            {
                Quantity = Number(Concept.Quantity),
                Unit = Cell(Concept.Unit),
                UnitPrice = Number(Concept.UnitPrice),
                Amount = Number(Concept.LineAmount),
                TaxRate = Number(Concept.LineTax),
                Code = Cell(Concept.Code),
                Position = Cell(Concept.Position),
            }
            : null;
    }

    private static LineItem? ReadPositioned(DocumentPage page, TextLine text, List<Column> columns, bool needsDecimals, int nextPosition)
    {
        var amounts = page.Amounts.Read(page.Dates.Blank(text.Text));
        var taken = Assign(columns, amounts);
        var textColumn = columns.First(column => column.Concept == Concept.LineText);
        var description = Describe(page, text.Text, columns, textColumn, taken, out var code);
        var hasAmount = taken.ContainsKey(Concept.LineAmount) || (taken.ContainsKey(Concept.UnitPrice) && !columns.Any(column => column.Concept == Concept.LineAmount));
        // A row that is cut off shows its number, the next one.
        var hasPosition = taken.TryGetValue(Concept.Position, out var position) && position.End <= textColumn.Start && (hasAmount || position.Value == nextPosition);
        if (needsDecimals && taken.TryGetValue(Concept.LineAmount, out var amount) && !amount.IsMoney)
        {
            return null;
        }

        if (description.Count(char.IsLetter) < 2 || (!hasAmount && !hasPosition))
        {
            return null;
        }

        decimal? Value(Concept concept) => taken.TryGetValue(concept, out var token) ? token.Value : null;
        return new LineItem(description)
        {
            Quantity = Value(Concept.Quantity),
            Unit = taken.TryGetValue(Concept.Quantity, out var quantity) && columns.Any(column => column.Concept == Concept.Unit) ? UnitAfter(text.Text, quantity.End) : null,
            UnitPrice = Value(Concept.UnitPrice),
            Amount = Value(Concept.LineAmount),
            TaxRate = Value(Concept.LineTax),
            Code = code,
            Position = hasPosition ? position.Value.ToString(System.Globalization.CultureInfo.InvariantCulture) : null,
        };
    }

    /// <summary>Gives each column of numbers the number that stands best under it: first where both prefer each other, then what is left, from the right.</summary>
    private static Dictionary<Concept, AmountToken> Assign(List<Column> columns, List<AmountToken> amounts)
    {
        var taken = new Dictionary<Concept, AmountToken>();
        var numeric = columns.Where(column => column.Concept is Concept.LineAmount or Concept.UnitPrice or Concept.Quantity or Concept.LineTax or Concept.Position or Concept.LineDiscount or Concept.None).OrderByDescending(column => column.Start).ToList();
        foreach (var mustPrefer in new[] { true, false })
        {
            foreach (var column in numeric.Where(column => !taken.ContainsKey(column.Concept)))
            {
                var best = amounts.Where(token => !taken.ContainsValue(token) && Distance(column, token) <= Reach && KeepsOrder(columns, taken, column, token)
                    && (!mustPrefer || numeric.All(other => Distance(other, token) >= Distance(column, token)))).ToList();
                if (best.Count > 0)
                {
                    taken[column.Concept] = best.OrderBy(token => Distance(column, token)).ThenByDescending(token => token.Start).First();
                }
            }
        }

        return taken;
    }

    private static bool KeepsOrder(List<Column> columns, Dictionary<Concept, AmountToken> taken, Column column, AmountToken token) =>
        taken.All(entry => columns.First(other => other.Concept == entry.Key).Start < column.Start == entry.Value.Start < token.Start);

    private static int Distance(Column column, AmountToken token)
    {
        const int never = int.MaxValue;
        var overlaps = token.Start < column.End && column.Start < token.End;
        return column.Concept switch
        {
            Concept.LineAmount or Concept.UnitPrice or Concept.Quantity when token.IsPercent => never,
            // Rates are often left out, and must not take a price's place.
            Concept.LineTax or Concept.LineDiscount or Concept.None when !overlaps => never,
            _ => Math.Min(Math.Abs(token.End - column.End), overlaps ? 1 : Math.Abs(token.Start - column.Start) + 1),
        };
    }

    private static string Describe(DocumentPage page, string text, List<Column> columns, Column textColumn, Dictionary<Concept, AmountToken> taken, out string? code)
    {
        // What stands left of the text: position and quantity, when their columns do.
        var left = taken.Where(entry => columns.First(column => column.Concept == entry.Key).Start < textColumn.Start).Select(entry => entry.Value.End).DefaultIfEmpty(0).Max();
        var right = taken.Where(entry => entry.Value.Start >= textColumn.Start && columns.First(column => column.Concept == entry.Key).Start > textColumn.Start).Select(entry => entry.Value.Start).DefaultIfEmpty(text.Length).Min();
        code = null;
        if (columns.FirstOrDefault(column => column.Concept == Concept.Code) is { } codeColumn && codeColumn.Start < textColumn.Start && left <= textColumn.Start && textColumn.Start < text.Length)
        {
            // A long code may reach up to the text: the word under the heading is the code's.
            code = text[left..textColumn.Start].Trim(' ', '.');
            left = textColumn.Start;
        }

        while (left < text.Length && text[left] is '.' or ')' or ' ')
        {
            left++;
        }

        var description = left < right ? text[left..Math.Min(right, text.Length)] : "";
        var cells = description.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToList();
        // A unit or a damaged number between text and prices is not part of the text.
        while (cells.Count > 1 && columns.Any(column => column.Start > textColumn.Start && column.Start < right && text.IndexOf(cells[^1], StringComparison.Ordinal) >= column.Start - 4))
        {
            cells.RemoveAt(cells.Count - 1);
        }

        return string.Join(' ', cells).Trim(' ', '€', '$', '£', '-', ':');
    }

    private static string? UnitAfter(string text, int end)
    {
        var unit = new string([.. text[end..].TrimStart(' ').TakeWhile(letter => letter != ' ')]);
        return unit.Length > 0 && unit.Any(char.IsLetter) ? unit.TrimEnd('.') : null;
    }

    private sealed record Column(Concept Concept, int Start, int End, int Ordinal);
}
