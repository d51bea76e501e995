using Spectre.Console;

namespace GeminiBatch;

/// <summary>The two streams of a program: results on standard output, everything else on standard error.</summary>
internal sealed class AppConsole
{
    private const int PipedWidth = 120;

    // No terminal, no wrapping: one line of text stays one line.
    private const int Unwrapped = 100_000;

    public AppConsole()
    {
        Out = Create(System.Console.Out, System.Console.IsOutputRedirected);
        Err = Create(System.Console.Error, System.Console.IsErrorRedirected);
    }

    /// <summary>Standard output; without colours when piped or when NO_COLOR is set.</summary>
    public IAnsiConsole Out { get; }

    /// <summary>Standard error.</summary>
    public IAnsiConsole Err { get; }

    /// <summary>Whether a person watches standard error: only then progress is drawn live.</summary>
    public bool IsLive => !System.Console.IsErrorRedirected && Err.Profile.Capabilities.Ansi;

    /// <summary>Whether a question can be asked and answered.</summary>
    public static bool CanAsk => !System.Console.IsErrorRedirected && !System.Console.IsInputRedirected;

    /// <summary>How wide a table may be.</summary>
    public int Width => System.Console.IsOutputRedirected ? PipedWidth : Out.Profile.Width;

    /// <summary>One line of what went wrong.</summary>
    public void Error(string line) => Err.Write(new Line(TerminalText.Clean($"error: {line}"), IsError: true));

    /// <summary>One line that is no result.</summary>
    public void Note(string line) => Err.Write(new Line(TerminalText.Clean(line), IsError: false));

    /// <summary>Several lines that are no result.</summary>
    public void Story(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            Note(line);
        }
    }

    /// <summary>One line of results, in markup.</summary>
    public void Markup(string markup = "") => Out.Write(new Markup(TerminalText.Clean(markup) + "\n"));

    /// <summary>Text for programs, byte for byte.</summary>
    public static void Raw(string text) => System.Console.Out.Write(text);

    public void RestoreCursor()
    {
        if (IsLive)
        {
            System.Console.Error.Write("\u001b[?25h");
        }
    }

    private static IAnsiConsole Create(TextWriter writer, bool redirected)
    {
        var plain = redirected || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (redirected)
        {
            console.Profile.Width = Unwrapped;
        }

        return console;
    }

    /// <summary>
    /// A line that is not wrapped at words, so that it can be copied whole. On a terminal it takes away what is drawn below it first: it may be
    /// longer than the drawing is wide.
    /// </summary>
    private sealed record Line(string Text, bool IsError) : Spectre.Console.Rendering.IRenderable
    {
        public Spectre.Console.Rendering.Measurement Measure(Spectre.Console.Rendering.RenderOptions options, int maxWidth) => new(0, maxWidth);

        public IEnumerable<Spectre.Console.Rendering.Segment> Render(Spectre.Console.Rendering.RenderOptions options, int maxWidth)
        {
            if (options.Ansi)
            {
                yield return Spectre.Console.Rendering.Segment.Control("\u001b[0J");
            }

            yield return new(Text, IsError ? new Style(Color.Red) : Style.Plain);
            yield return Spectre.Console.Rendering.Segment.LineBreak;
        }
    }
}
