using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace GeminiBatch.Tests.Registration;

public sealed class RegistrationTests
{
    [Fact]
    public async Task A_host_without_backend_or_ledger_does_not_start_and_says_what_is_missing()
    {
        var error = await StartFails(static services => services.AddGeminiBatch());
        Assert.Contains(error.Failures, static line => line.Contains("UseDeveloperApi", StringComparison.Ordinal));
        Assert.Contains(error.Failures, static line => line.Contains("UseSqliteLedger", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Options_out_of_range_stop_the_start_with_their_name()
    {
        var error = await StartFails(static services => services
            .AddGeminiBatch(static options => (options.InitialPollInterval, options.MaxShardRows) = (TimeSpan.FromHours(1), 0))
            .UseDeveloperApi(static options => options.ApiKey = new string('k', 8)).UseSqliteLedger("x.db"));
        Assert.Contains(error.Failures, static line => line.Contains("MaxPollInterval", StringComparison.Ordinal));
        Assert.Contains(error.Failures, static line => line.Contains("MaxShardRows", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Keyed_extractors_have_ledgers_of_their_own()
    {
        await using var harness = await PipelineHarness.StartAsync();
        var services = new ServiceCollection();
        foreach (var name in (string[])["one", "two"])
        {
            services.AddKeyedGeminiBatch(name)
                .UseDeveloperApi(options => (options.ApiKey, options.Endpoint) = (PipelineHarness.Key, harness.Emulator.Endpoint))
                .UseSqliteLedger(Path.Combine(harness.Folder, name + ".db")).UseTimeProvider(harness.Clock);
        }

        await using var provider = services.BuildServiceProvider();
        var one = provider.GetRequiredKeyedService<BatchExtractor>("one");
        var results = await one.ExtractAsync<Receipt>("r", PipelineHarness.Documents(2), PipelineHarness.Request, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, results.Count(static result => result.Succeeded));
        Assert.Single(await one.ListRunsAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));
        Assert.Empty(await provider.GetRequiredKeyedService<BatchExtractor>("two").ListRunsAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_hosted_worker_delivers_every_result()
    {
        await using var harness = await PipelineHarness.StartAsync();
        var delivered = new ConcurrentBag<string>();
        var all = new TaskCompletionSource();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddGeminiBatch()
            .UseDeveloperApi(options => (options.ApiKey, options.Endpoint) = (PipelineHarness.Key, harness.Emulator.Endpoint))
            .UseSqliteLedger(harness.LedgerPath).UseTimeProvider(harness.Clock)
            .AddExtractionWorker<Receipt>("receipts", static _ => PipelineHarness.Documents(5).ToAsyncEnumerable(), PipelineHarness.Request, (_, result, _) =>
            {
                delivered.Add($"{result.DocumentId} {result.Value?.Number}");
                if (delivered.Count == 5)
                {
                    all.SetResult();
                }

                return ValueTask.CompletedTask;
            });
        using var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        await all.Task.WaitAsync(TestContext.Current.CancellationToken);
        await host.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(1, 5).Select(static number => $"receipt-{number:D4} R-{number}"), delivered.Order());
    }

    [Fact]
    public void Without_a_container_what_is_missing_is_said_when_it_is_made() =>
        Assert.Throws<OptionsValidationException>(static () => BatchExtractor.Create(static _ => { }));

    private static async Task<OptionsValidationException> StartFails(Action<IServiceCollection> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        configure(builder.Services);
        using var host = builder.Build();
        var error = await Assert.ThrowsAnyAsync<Exception>(() => host.StartAsync(TestContext.Current.CancellationToken));
        var failures = error is AggregateException many ? many.InnerExceptions.Cast<OptionsValidationException>().SelectMany(static one => one.Failures) : ((OptionsValidationException)error).Failures;
        return new OptionsValidationException("", typeof(object), failures);
    }
}
