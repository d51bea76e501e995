using GeminiBatch.Benchmarks;

switch (args.FirstOrDefault())
{
    case "parse":
        return ParseBenchmark.Run();
    default:
        await Console.Error.WriteLineAsync("Say what to measure: parse");
        return 2;
}
