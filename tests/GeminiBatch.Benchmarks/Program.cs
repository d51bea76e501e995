using GeminiBatch.Benchmarks;

switch (args.FirstOrDefault())
{
    case "parse":
        return ParseBenchmark.Run();
    case "slope":
        return SlopeBenchmark.Run();
    case "adversarial":
        return AdversarialBenchmark.Run(args[1..]);
    case "soak":
        return Soak.Run(args[1..]);
    case "peers":
        return PeerBenchmark.Run();
    case "plan":
        return await PlanBenchmark.RunAsync(args[1..]);
    case "collect":
        return await CollectBenchmark.RunAsync(args[1..]);
    case "scale":
        return await ScaleBenchmark.RunAsync(args[1..]);
    case "generate":
        return GeneratorBenchmark.Run(args[1..]);
    case "build":
        return BuildBenchmark.Run(args[1..]);
    case "transfer":
        return await TransferBenchmark.RunAsync(args[1..]);
    default:
        await Console.Error.WriteLineAsync("Say what to measure: parse, slope, adversarial [search [seed]], soak [mutations [seed]], peers, plan [documents], collect [documents], scale [documents …], generate [sizes], build [count [rounds]], or transfer [megabytes].");
        return 2;
}
