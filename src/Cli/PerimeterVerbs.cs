using System.CommandLine;
using Entente.Core.Evidence;
using Entente.Core.Kernel;

namespace Entente.Cli;

/// <summary>Perimeters, perimeter show, perimeter diff.</summary>
static class PerimeterVerbs
{
    public static Command Perimeters() => Verb.Of("perimeters",
        new("List the perimeters", "Lister les périmètres"), [Verb.Json],
        async (session, line, ct) =>
        {
            var perimeters = Core.Evidence.Perimeters.List(await session.WorkAsync(ct));
            session.Answer(line, perimeters.Select(p => new { p.Key, p.Version, p.Root, p.Expression, p.Name, p.Resolved?.Release, p.Resolved?.Children, p.Resolved?.Size, p.Resolved?.Hash }).ToList(),
                list => session.Table(
                    [new("key", "clé"), new("version", "version"), new("expression", "expression"), new("release", "version de ROR"), new("children", "enfants"), new("size", "taille")],
                    list.Select(p => (string[])[p.Key, session.Number(p.Version), p.Expression, p.Release ?? "", p.Children is { } c ? session.Number(c) : "", p.Size is { } s ? session.Number(s) : ""])));
            return null;
        });

    public static Command Perimeter() => Verb.Group("perimeter",
        new("Show a perimeter at a release, or what two releases change", "Montrer un périmètre à une version, ou ce que changent deux versions"), [Show(), Diff()]);

    static Command Show()
    {
        var key = Key();
        var release = Verb.Option<string>("--release", "R", new("A ROR release (default: the highest imported)", "Une version de ROR (par défaut, la plus haute importée)"));
        return Verb.Of("show", new("The members of a perimeter", "Les membres d’un périmètre"), [key, release, Verb.Json], async (session, line, ct) =>
        {
            var work = await session.WorkAsync(ct);
            var shown = Core.Evidence.Perimeters.Show(work, line.GetValue(key)!, line.GetValue(release));
            if (shown.Refusal is { } refusal) return refusal;
            session.Answer(line, shown.Value, perimeter =>
            {
                session.Line(new Said($"{perimeter.Key}, version {perimeter.Version}: {perimeter.Expression} at ROR {perimeter.Release}",
                    $"{perimeter.Key}, version {perimeter.Version}\u202F: {perimeter.Expression} à ROR {perimeter.Release}"));
                session.Line(new Said($"{session.Number(perimeter.Children)} children, {session.Number(perimeter.Size)} members with the root, {session.Number(perimeter.WithoutRecord)} of them without a record in this vintage",
                    $"{session.Number(perimeter.Children)} enfants, {session.Number(perimeter.Size)} membres avec la racine, dont {session.Number(perimeter.WithoutRecord)} sans notice dans ce millésime"));
                session.Line($"sha256 {perimeter.Hash}");
                foreach (var member in Core.Evidence.Perimeters.Lines(work, perimeter)) session.Line($"{member.Ror}  {member.Country ?? "  "}  {member.Name}".TrimEnd());
            });
            return null;
        });
    }

    static Command Diff()
    {
        var key = Key();
        var from = Verb.Option<string>("--from", "R", new("The earlier release", "La version de départ"), required: true);
        var to = Verb.Option<string>("--to", "R", new("The later release", "La version d’arrivée"), required: true);
        return Verb.Of("diff", new("What a release added and took away", "Ce qu’une version a ajouté et retiré"), [key, from, to, Verb.Json], async (session, line, ct) =>
        {
            var work = await session.WorkAsync(ct);
            var compared = Core.Evidence.Perimeters.Diff(work, line.GetValue(key)!, line.GetValue(from)!, line.GetValue(to)!);
            if (compared.Refusal is { } refusal) return refusal;
            var diff = compared.Value;
            var moved = Registration.Move(work, new("output") { A = line.GetValue(key) }, diff.From, diff.To, ct);
            var registration = moved.Ok ? moved.Value : null;
            session.Answer(line, new { Added = diff.Added.Select(m => m.Ror), Removed = diff.Removed.Select(m => m.Ror), diff.From, diff.To, registration }, _ =>
            {
                session.Line(new Said($"{diff.Key}, from ROR {diff.From} to {diff.To}: {session.Number(diff.Added.Count)} added, {session.Number(diff.Removed.Count)} removed",
                    $"{diff.Key}, de ROR {diff.From} à {diff.To}\u202F: ajoutés {session.Number(diff.Added.Count)}, retirés {session.Number(diff.Removed.Count)}"));
                if (registration is { Before: { } before, After: { } after })
                    session.Line(new Said($"Of the works in {registration.Vintage}, {session.Number(before)} count by the first and {session.Number(after)} by the second: registration alone moves the output by {session.Number(after - before)}.",
                        $"Des publications de {registration.Vintage}, {session.Number(before)} comptent selon la première et {session.Number(after)} selon la seconde\u202F: l’enregistrement seul déplace la production de {session.Number(after - before)}."));
                foreach (var member in diff.Added) session.Line($"+ {member.Ror}  {member.Name}".TrimEnd());
                foreach (var member in diff.Removed) session.Line($"- {member.Ror}  {member.Name}".TrimEnd());
            });
            return null;
        });
    }

    static Argument<string> Key() => Verb.Argument("KEY", new("Key, ROR id or exact name of an organisation", "Clé, identifiant ROR ou nom exact d’une organisation"));
}
