using System.Diagnostics;
using System.Net;
using System.Text.Json;
using AngleSharp.Html.Parser;
using Entente.Web.Tests.Cli;

namespace Entente.Web.Tests.Accounts;

/// <summary>The real program: its first start offers the one way in, and there is no other.</summary>
public sealed class FirstStartTests
{
    [Fact]
    public async Task The_first_start_prints_a_link_that_is_good_once_and_the_next_prints_none()
    {
        var folder = Directory.CreateTempSubdirectory("entente-first-").FullName;
        await using (var program = await Serving.StartAsync(folder))
        {
            var link = await program.LinkAsync();
            Assert.Equal(HttpStatusCode.OK, (await program.GetAsync(link.PathAndQuery)).StatusCode);
            Assert.Equal(HttpStatusCode.SeeOther, (await program.JoinAsync(link, "ada@example.org")).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await program.GetAsync(link.PathAndQuery)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await program.JoinAsync(link, "eve@example.org")).StatusCode);
        }
        await using (var again = await Serving.StartAsync(folder)) Assert.DoesNotContain("invitations", await again.EndAsync(), StringComparison.Ordinal);
        var lost = await EntenteProcess.RunAsync("accounts", "link", "--email", "ada@example.org", "--json", "--data", folder);
        Assert.StartsWith("http://localhost:5080/invitations/", JsonDocument.Parse(lost.Out).RootElement.GetProperty("link").GetString(), StringComparison.Ordinal);
        var unknown = await EntenteProcess.RunAsync("accounts", "link", "--email", "nobody@example.org", "--data", folder);
        Assert.Equal(1, unknown.Code);
        var listed = await EntenteProcess.RunAsync("accounts", "list", "--data", folder);
        Assert.Contains("Administrator", listed.Out, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }
}

/// <summary>entente serve, as a process, and what it said when it began.</summary>
sealed class Serving : IAsyncDisposable
{
    readonly Process _process;
    readonly Uri _address;

    Serving(Process process, Uri address) => (_process, _address) = (process, address);

    public static async Task<Serving> StartAsync(string folder)
    {
        var process = EntenteProcess.Start("serve", "--portfolio", "none", "--data", folder, "--urls", "http://127.0.0.1:0");
        string? line;
        while ((line = await process.StandardOutput.ReadLineAsync()) is not null && !line.StartsWith("Entente is at ", StringComparison.Ordinal)) { }
        return new(process, new Uri(line!.Split(' ')[3]));
    }

    /// <summary>The link in the line after the address.</summary>
    public async Task<Uri> LinkAsync() => new((await _process.StandardOutput.ReadLineAsync())!.Split(' ')[^1]);

    public async Task<HttpResponseMessage> GetAsync(string path)
    {
        using var client = new HttpClient();
        return await client.GetAsync(new Uri(_address, path));
    }

    /// <summary>Joins as a browser that was never here.</summary>
    public async Task<HttpResponseMessage> JoinAsync(Uri link, string email)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        var page = new HtmlParser().ParseDocument(await client.GetStringAsync(new Uri(_address, "/sign-in")));
        var token = page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        return await client.PostAsync(link, new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["name"] = "Ada", ["email"] = email, ["password"] = "four plain words here", ["again"] = "four plain words here", ["__RequestVerificationToken"] = token,
        }));
    }

    /// <summary>Stops it as Ctrl-C does, and answers all that it still said.</summary>
    public async Task<string> EndAsync()
    {
        (await GetAsync("/accessibility")).Dispose();
        Process.Start("kill", ["-INT", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]).WaitForExit();
        var rest = await _process.StandardOutput.ReadToEndAsync();
        await _process.WaitForExitAsync();
        return rest;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
