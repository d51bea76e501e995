using GeminiBatch.Benchmarks;

return args switch
{
    ["plan", .. var rest] => await PlanBenchmark.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: GeminiBatch.Benchmarks plan [documents]");
    return 2;
}
