using GeminiBatch;

return await BatchApp.RunAsync(args, app =>
{
    app.Name = "gemini-batch";
    app.Description = "Looks after the runs of any GeminiBatch ledger, and runs the local emulator of the Gemini Batch API.";
    app.UseEmulator(EmulatorCommand.StartAsync);
    app.AddCommand(EmulatorCommand.Create());
});
