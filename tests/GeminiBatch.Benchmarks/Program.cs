using GeminiBatch.Benchmarks;

switch (args.FirstOrDefault())
{
    case "parse":
        return ParseBenchmark.Run();
    case "plan":
        return await PlanBenchmark.RunAsync(args[1..]);
    default:
        await Console.Error.WriteLineAsync("Say what to measure: parse, or plan [documents].");
        return 2;
}
