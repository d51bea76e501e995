using System.Globalization;
using Spectre.Console;

namespace GeminiBatch;

/// <summary>Asks a backend whether it runs batches of a model. Where only a paid job shows it, that is asked first.</summary>
internal static class VerifyCommand
{
    private const int Named = 12;

    // A row of a dozen words in, a few out.
    private const int ProbeTokens = 32;

    public static async Task<int> ExecuteAsync(CommandContext context)
    {
        await using var session = await BackendSession.StartAsync(context);
        var backend = session.Connect();
        var model = context.Settings.Model ?? backend.DefaultModel;
        context.Console.Note($"model: {model}{(context.Settings.Model is null ? $", the default of {session.Name}" : "")}");
        var found = await backend.VerifyModelAsync(model, MayPay(context, session, model), context.CancellationToken)
            ?? throw new CommandLineException($"{session.Name} cannot be asked.");
        if (context.Settings.Json)
        {
            AppConsole.Raw(SummaryJson.Write(writer =>
            {
                writer.WriteString("model", found.Model);
                writer.WriteBoolean("runsBatches", found.RunsBatches);
                writer.WriteString("message", found.Message);
                writer.WriteString("answeredBy", found.AnsweredBy);
            }));
        }
        else
        {
            context.Console.Markup(Markup.Escape(CommandError.OneLine(found.Message)));
            if (!found.RunsBatches && found.Others.Count > 0)
            {
                context.Console.Markup(Markup.Escape($"These run batches: {string.Join(", ", found.Others.Take(Named))}{(found.Others.Count > Named ? ", …" : "")}. Give one with --model; none is taken by itself."));
            }
        }

        return found.RunsBatches ? 0 : CommandError.BackendRefused;
    }

    private static bool MayPay(CommandContext context, BackendSession session, string model)
    {
        if (!session.IsVertex || session.IsEmulator || context.Settings.Yes)
        {
            return true;
        }

        var cost = GeminiCatalogue.Default.EstimateCost(model, ProbeTokens, ProbeTokens, DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime), batch: true, rows: 1);
        var price = cost is { } dollars ? string.Create(CultureInfo.InvariantCulture, $"about ${dollars:0.00####}") : "an unknown price";
        var question = $"{session.Name} tells only by a job of one row, for {price}";
        if (!AppConsole.CanAsk)
        {
            throw new CommandLineException($"Nothing was sent: {question}. Agree with --yes.");
        }

        return context.Console.Err.Confirm($"{Markup.Escape(TerminalText.Clean(question))}. Send it?", defaultValue: false) ? true : throw new CommandLineException("Nothing was sent.");
    }
}
