using Entente.Core.Kernel;

namespace Entente.Web.Accounts;

/// <summary>What a browser calls itself, in two words that its owner recognises.</summary>
static class Agents
{
    // The first that fits: browsers name those before them, too.
    static readonly (string Mark, string Name)[] Browsers =
        [("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl")];

    static readonly (string Mark, string Name)[] Systems =
        [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux")];

    public static Said Short(string? agent)
    {
        var browser = Named(Browsers, agent);
        var system = Named(Systems, agent);
        return (browser, system) switch
        {
            (null, null) => new("unknown browser", "navigateur inconnu"),
            (null, { } only) => Said.Same(only),
            ({ } only, null) => Said.Same(only),
            ({ } name, { } on) => new($"{name} on {on}", $"{name} sur {on}"),
        };
    }

    static string? Named((string Mark, string Name)[] known, string? agent) =>
        agent is null ? null : known.Where(k => agent.Contains(k.Mark, StringComparison.Ordinal)).Select(k => k.Name).FirstOrDefault();
}
