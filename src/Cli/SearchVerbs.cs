using System.CommandLine;
using Entente.Core.Kernel;
using Entente.Core.Store.Search;

namespace Entente.Cli;

/// <summary>Search, reindex.</summary>
static class SearchVerbs
{
    const int Best = 20;

    public static Command Search()
    {
        var words = Verb.Several("WORD", new("Words that must all occur; beginnings of words are enough", "Des mots qui doivent tous s’y trouver\u202F; leur début suffit"));
        var kind = Verb.Option<string>("--kind", "KIND", new($"Only one kind: {string.Join(", ", SearchSource.AllKinds.Keys)}", $"Un seul type\u202F: {string.Join(", ", SearchSource.AllKinds.Keys)}"));
        return Verb.Of("search", new("Look for words over the whole record", "Chercher des mots dans tout le registre"), [words, kind, Verb.Json],
            async (session, line, ct) =>
            {
                if (line.GetValue(kind) is { } named && !SearchSource.AllKinds.ContainsKey(named))
                    return Refusal.Usage("kind", $"--kind is one of {string.Join(", ", SearchSource.AllKinds.Keys)}.", $"--kind est l’un de {string.Join(", ", SearchSource.AllKinds.Keys)}.", "kind");
                var found = await Searching.FindAsync(await session.WorkAsync(ct), string.Join(' ', line.GetValue(words)!), Best, ct, line.GetValue(kind));
                session.Answer(line, found.Select(k => new { k.Kind, k.Count, Best = k.Best.Select(f => new { f.Key, Title = session.Say(f.Title) }) }).ToList(),
                    _ => session.Table([new("kind", "type"), new("key", "clé"), new("title", "titre")],
                        found.SelectMany(k => k.Best).Select(f => (string[])[f.Kind, f.Key, session.Say(f.Title)])));
                return null;
            });
    }

    public static Command Reindex() => Verb.Of("reindex",
        new("Make the search index anew from the record", "Refaire l’index de recherche à partir du registre"), [Verb.Json],
        async (session, line, ct) =>
        {
            var work = await session.WorkAsync(ct);
            await using var turn = await work.BeginAsync(ct);
            var entries = await SearchIndex.RebuildAsync(work.Db, ct);
            await turn.CommitAsync(ct);
            session.Answer(line, new { Entries = entries }, made => session.Line(new Said($"{session.Number(made.Entries)} entries.", $"{session.Number(made.Entries)} entrées.")));
            return null;
        });
}
