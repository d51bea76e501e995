using GeminiBatch;
using Invoices;

// Reads a folder of invoices into Invoice records: run, plan, status, pause, resume, retry, cancel, export and more; --help lists them.
return await BatchApp.RunAsync<Invoice>(args, app => app
    .WithPrompt("Extract the invoice. Copy names and numbers as they are printed; give null for what is not there or cannot be read.")
    .WithMetadata(document => Origin.Of(document.Id))
    .UseEmulator(setup => GeminiEmulator.StartAsync(new GeminiEmulatorOptions
    {
        StateFolder = setup.StateFolder,
        Port = setup.Port,
        Seed = setup.Seed,
        Noise = setup.Noise ? EmulatorNoise.Realistic : EmulatorNoise.None,
    })));
