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
    case "durable":
        // A million documents, plan to results, with every figure that the durable run has to keep; a smaller number for a first look.
        var many = args.ElementAtOrDefault(1) ?? "1000000";
        return await PlanBenchmark.RunAsync([many]) | await CollectBenchmark.RunAsync([many]) | await ScaleBenchmark.RunAsync(["10000", many]);
    case "generate":
        return GeneratorBenchmark.Run(args[1..]);
    case "build":
        return BuildBenchmark.Run(args[1..]);
    case "transfer":
        return await TransferBenchmark.RunAsync(args[1..]);
    default:
        await Console.Error.WriteLineAsync("Say what to measure: parse, slope, adversarial [search [seed]], soak [mutations [seed]], peers, plan [documents], collect [documents], scale [documents …], durable [documents], generate [sizes], build [count [rounds]], or transfer [megabytes].");
        return 2;
}
