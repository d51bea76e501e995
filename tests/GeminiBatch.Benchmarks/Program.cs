using GeminiBatch.Benchmarks;

switch (args.FirstOrDefault())
{
    case "parse":
        return ParseBenchmark.Run();
    case "plan":
        return await PlanBenchmark.RunAsync(args[1..]);
    case "generate":
        return GeneratorBenchmark.Run(args[1..]);
    default:
        await Console.Error.WriteLineAsync("Say what to measure: parse, plan [documents], or generate [sizes].");
        return 2;
}
