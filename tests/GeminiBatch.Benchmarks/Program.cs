using GeminiBatch.Benchmarks;

switch (args.FirstOrDefault())
{
    case "parse":
        return ParseBenchmark.Run();
    case "plan":
        return await PlanBenchmark.RunAsync(args[1..]);
    case "collect":
        return await CollectBenchmark.RunAsync(args[1..]);
    case "scale":
        return await ScaleBenchmark.RunAsync(args[1..]);
    case "generate":
        return GeneratorBenchmark.Run(args[1..]);
    case "transfer":
        return await TransferBenchmark.RunAsync(args[1..]);
    default:
        await Console.Error.WriteLineAsync("Say what to measure: parse, plan [documents], collect [documents], scale [documents …], generate [sizes], or transfer [megabytes].");
        return 2;
}
