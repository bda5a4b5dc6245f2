using System.Net;
using AngleSharp.Html.Parser;
using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Store;
using Entente.Tests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Web.Tests.Accounts;

/// <summary>Two hosts on one record, each with a folder of its own, as behind a balancer that sends each request to either.</summary>
public sealed class TwoNodesTests : IAsyncLifetime
{
    readonly List<WebApplication> _nodes = [];
    readonly List<string> _roots = [];
    string? _database;
    DataFolder _folder = null!;

    public async Task InitializeAsync()
    {
        if (Conditions.Postgres is null) return;
        _database = await Postgres.CreateAsync();
        for (var i = 0; i < 2; i++)
        {
            _roots.Add(Directory.CreateTempSubdirectory("entente-node-").FullName);
            _folder = new DataFolder(_roots[i], StoreAddress.Parse(_database).Value);
            await using (var db = _folder.OpenDb())
            {
                await Migrator.RunAsync(db, default);
                if (i == 0) Assert.Null((await Portfolios.EnsureAsync(new Work(db, _folder, Actor.CommandLine, TimeProvider.System), null, default)).Refusal);
            }
            _nodes.Add(EntenteWeb.Build(_folder, ["http://127.0.0.1:0"]));
            await _nodes[i].StartAsync();
        }
    }

    Uri At(int node) => new(_nodes[node].Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    [PostgresFact]
    public async Task Who_signs_in_on_one_acts_on_the_other_and_is_signed_out_of_both()
    {
        // Cookies belong to a host whatever the port, so the person's client carries them from node to node.
        using var person = await SignedIn.Async(_folder, At(0), new Grant(AccountRole.Reader, "cnrs", null));
        var form = new HtmlParser().ParseDocument(await person.Client.GetStringAsync(new Uri(At(1), "/account")));
        var token = form.QuerySelector("form[action='/account/name'] input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var renamed = await person.Client.PostAsync(new Uri(At(0), "/account/name"),
            new FormUrlEncodedContent(new Dictionary<string, string> { ["name"] = "Renamed", ["__RequestVerificationToken"] = token }));
        Assert.Equal("/account?done=name", renamed.Headers.Location!.OriginalString);
        Assert.Contains("Renamed", await person.Client.GetStringAsync(new Uri(At(1), "/account")), StringComparison.Ordinal);
        using var left = await person.PostAsync("/sign-out");
        using var gone = await person.Client.GetAsync(new Uri(At(1), "/account"));
        Assert.Equal(HttpStatusCode.Redirect, gone.StatusCode);
    }

    [PostgresFact]
    public async Task Failures_on_both_are_counted_together()
    {
        using var person = await SignedIn.Async(_folder, At(0), new Grant(AccountRole.Reader, "cnrs", null));
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i <= SigningIn.NameLimit; i++)
        {
            using var stranger = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = At(i % 2) };
            var page = new HtmlParser().ParseDocument(await stranger.GetStringAsync(new Uri("/sign-in", UriKind.Relative)));
            using var form = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["email"] = person.Email, ["password"] = "wrong", ["__RequestVerificationToken"] = page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!,
            });
            using var answer = await stranger.PostAsync(new Uri("/sign-in", UriKind.Relative), form);
            answers.Add(answer.StatusCode);
        }
        Assert.Equal([.. Enumerable.Repeat(HttpStatusCode.UnprocessableEntity, SigningIn.NameLimit), HttpStatusCode.TooManyRequests], answers);
    }

    [PostgresFact]
    public async Task A_write_on_one_changes_the_tag_on_the_other()
    {
        using var client = new HttpClient();
        async Task<string> TagAsync() => (await client.GetAsync(new Uri(At(1), "/claims"))).Headers.ETag!.Tag;
        var before = await TagAsync();
        Assert.Equal(before, await TagAsync());
        using var person = await SignedIn.Async(_folder, At(0), new Grant(AccountRole.Reader, "cnrs", null));
        Assert.NotEqual(before, await TagAsync());
    }

    public async Task DisposeAsync()
    {
        foreach (var node in _nodes) await node.DisposeAsync();
        if (_database is not null) await Postgres.DropAsync(_database);
        foreach (var root in _roots) Directory.Delete(root, recursive: true);
    }
}
