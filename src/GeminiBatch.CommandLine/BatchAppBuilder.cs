using System.CommandLine;
using System.Reflection;

namespace GeminiBatch;

/// <summary>What a program says about itself to <see cref="BatchApp"/>. Everything has a default; options on the command line come first.</summary>
public sealed class BatchAppBuilder
{
    internal BatchAppBuilder()
    {
        var assembly = Assembly.GetEntryAssembly()?.GetName();
        Name = (assembly?.Name ?? "gemini-batch").ToLowerInvariant();
    }

    /// <summary>The program's name in help, in the names of its run and its ledger. Default: the program's assembly name in lower case.</summary>
    public string Name { get; set; }

    /// <summary>One sentence for the help.</summary>
    public string Description { get; set; } = "Extracts typed records from documents through the Gemini Batch API.";

    /// <summary>
    /// The folder that is read without <c>--documents</c>: relative to the program's own files when it is there, otherwise to the current directory.
    /// Default: <c>documents</c>.
    /// </summary>
    public string DefaultDocuments { get; set; } = "documents";

    /// <summary>Which files are documents without <c>--pattern</c>: <c>*</c> and <c>?</c>, several patterns separated by <c>;</c>. Default: <c>*.txt</c>.</summary>
    public string Pattern { get; set; } = "*.txt";

    /// <summary>What is asked of every document. The options <c>--model</c>, <c>--max-cost</c>, <c>--max-attempts</c> and <c>--on-recipe-change</c> go over it.</summary>
    public ExtractionRequest Request { get; set; } = new() { Prompt = "Extract the data from the document. Give null for what it does not say; never guess." };

    internal Func<BatchDocument, BatchDocument> Prepare { get; private set; } = static document => document;

    internal Func<EmulatorSetup, Task<(IAsyncDisposable Emulator, Uri? Endpoint)>>? StartEmulator { get; private set; }

    internal Action<GeminiBatchBuilder>? Pipeline { get; private set; }

    internal List<Command> Commands { get; } = [];

    /// <summary>Adds a command of the program's own.</summary>
    /// <param name="command">The command, with its action. A <see cref="CommandLineException"/> from it ends in one line.</param>
    public BatchAppBuilder AddCommand(Command command)
    {
        ArgumentNullException.ThrowIfNull(command);
        Commands.Add(command);
        return this;
    }

    /// <summary>Sets the task prompt; the schema is added by the library.</summary>
    /// <param name="prompt">The task, in words.</param>
    public BatchAppBuilder WithPrompt(string prompt)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(prompt);
        Request = Request with { Prompt = prompt };
        return this;
    }

    /// <summary>Changes the request: model, system instruction, settings, safety, tools and so on.</summary>
    /// <param name="change">Gives the changed request.</param>
    public BatchAppBuilder WithRequest(Func<ExtractionRequest, ExtractionRequest> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        Request = change(Request);
        return this;
    }

    /// <summary>Adds to how documents are read and runs are driven, for example <c>builder.UsePdfSplitting()</c> of GeminiBatch.Pdf. Backend and ledger are the command line's.</summary>
    /// <param name="configure">Called with the builder of every extractor.</param>
    public BatchAppBuilder ConfigurePipeline(Action<GeminiBatchBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        Pipeline += configure;
        return this;
    }

    /// <summary>Adds a metadata record to every document. It is kept with the result and exported, not sent.</summary>
    /// <typeparam name="TMetadata">A type with <see cref="BatchMetadataAttribute"/>.</typeparam>
    /// <param name="metadata">Makes the record from the document; its id is the path in the folder.</param>
    public BatchAppBuilder WithMetadata<TMetadata>(Func<BatchDocument, TMetadata> metadata)
        where TMetadata : IBatchMetadata<TMetadata>
    {
        ArgumentNullException.ThrowIfNull(metadata);
        var before = Prepare;
        Prepare = document => before(document).WithMetadata(metadata(document));
        return this;
    }

    /// <summary>
    /// Starts an emulator for every command that needs a backend, unless <c>--backend developer</c> is given. The emulator is told where to keep
    /// its jobs, so that a program that was killed finds them again. The user's API key is never sent to it.
    /// </summary>
    /// <typeparam name="TEmulator">A running emulator whose service <see cref="Uri"/> is its endpoint, such as <c>GeminiEmulator</c>.</typeparam>
    /// <param name="start">Starts it.</param>
    public BatchAppBuilder UseEmulator<TEmulator>(Func<EmulatorSetup, Task<TEmulator>> start)
        where TEmulator : IAsyncDisposable, IServiceProvider
    {
        ArgumentNullException.ThrowIfNull(start);
        StartEmulator = async setup =>
        {
            var emulator = await start(setup);
            return (emulator, (Uri?)emulator.GetService(typeof(Uri)));
        };
        return this;
    }

    /// <summary>
    /// Starts an emulator that keeps its own house: <c>--emulator-port</c>, <c>--seed</c> and <c>--noise</c> do not reach it, and jobs that it does
    /// not keep on disk are sent again after the program was killed.
    /// </summary>
    /// <typeparam name="TEmulator">A running emulator whose service <see cref="Uri"/> is its endpoint.</typeparam>
    /// <param name="start">Starts it.</param>
    public BatchAppBuilder UseEmulator<TEmulator>(Func<Task<TEmulator>> start)
        where TEmulator : IAsyncDisposable, IServiceProvider
    {
        ArgumentNullException.ThrowIfNull(start);
        return UseEmulator(_ => start());
    }
}
