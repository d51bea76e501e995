using System.Diagnostics;
using GeminiBatch.Client.Tests.Wire;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace GeminiBatch.Client.Tests.Registration;

public sealed class RegistrationTests
{
    [Fact]
    public async Task A_container_gives_one_client_that_works_and_never_logs_the_key()
    {
        await using StubServer server = await StubServer.StartAsync((503, ""), (200, """{"name":"batches/x"}"""));
        using var logs = new CollectingLoggerFactory();
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(logs));
        services.AddSingleton<TimeProvider>(server.Clock);
        services.AddDeveloperApiClient(options => (options.ApiKey, options.Endpoint) = (StubServer.ApiKey, server.Endpoint));
        await using ServiceProvider provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });

        DeveloperApiClient client = provider.GetRequiredService<DeveloperApiClient>();
        GeminiBatchJob job = await client.Batches.GetAsync("batches/x", TestContext.Current.CancellationToken);

        Assert.Equal("batches/x", job.Name);
        Assert.Same(client, provider.GetRequiredService<DeveloperApiClient>());
        Assert.Single(server.Clock.Waits);
        Assert.Contains(logs.Lines, line => line.Contains("attempt 2", StringComparison.Ordinal));
        Assert.DoesNotContain(logs.Lines, line => line.Contains(StubServer.ApiKey, StringComparison.Ordinal));
        Assert.Equal(StubServer.ApiKey, server.Requests[0].Header("x-goog-api-key"));
    }

    [Fact]
    public async Task Named_clients_have_options_of_their_own()
    {
        var services = new ServiceCollection();
        services.AddDeveloperApiClient("a", options => options.ApiKey = "key-a");
        services.AddDeveloperApiClient("b", options => options.ApiKey = "key-b");
        await using ServiceProvider provider = services.BuildServiceProvider();

        Assert.NotEqual(provider.GetRequiredKeyedService<DeveloperApiClient>("a").Account, provider.GetRequiredKeyedService<DeveloperApiClient>("b").Account);
        Assert.Null(provider.GetService<DeveloperApiClient>());
    }

    [Fact]
    public async Task Unusable_options_are_refused_at_the_start_of_the_host()
    {
        var services = new ServiceCollection();
        services.AddDeveloperApiClient(options => (options.ApiKey, options.MaxAttempts) = ("k", 0));
        await using ServiceProvider provider = services.BuildServiceProvider();

        OptionsValidationException exception = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());

        Assert.Contains("MaxAttempts", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_are_traced_without_key_or_content()
    {
        var activities = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "GeminiBatch.Client",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                lock (activities)
                {
                    activities.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using StubServer server = await StubServer.StartAsync((404, "no"));

        await Assert.ThrowsAsync<GeminiApiException>(() => server.Client().Batches.GetAsync("batches/traced", TestContext.Current.CancellationToken));

        Activity mine;
        lock (activities)
        {
            mine = activities.Single(activity => Equals(activity.GetTagItem("server.port"), server.Endpoint.Port));
        }

        Assert.Equal("batches.get", mine.OperationName);
        Assert.Equal("gcp.gemini", mine.GetTagItem("gen_ai.provider.name"));
        Assert.Equal("404", mine.GetTagItem("error.type"));
        Assert.DoesNotContain(mine.TagObjects, tag => tag.Value?.ToString()?.Contains(StubServer.ApiKey, StringComparison.Ordinal) == true);
    }
}
