using System.CommandLine;
using Entente.Core.Evidence;
using Entente.Core.Kernel;
using Entente.Core.Store.Copying;

namespace Entente.Cli;

/// <summary>Migrate.</summary>
static class StoreVerbs
{
    public static Command Migrate()
    {
        var target = Verb.Argument("TARGET", new("sqlite, or an empty PostgreSQL database: postgresql://USER:PASSWORD@HOST:PORT/DATABASE, or - to read it from standard input",
            "sqlite, ou une base PostgreSQL vide\u202F: postgresql://UTILISATEUR:MOTDEPASSE@HÔTE:PORT/BASE, ou - pour la lire sur l’entrée standard"));
        return Verb.Of("migrate",
            new("Move the record between SQLite and PostgreSQL", "Déplacer le registre entre SQLite et PostgreSQL"), [target, Verb.Json],
            async (session, line, ct) =>
            {
                // A password on the line shows in the list of processes; from standard input it does not.
                var named = line.GetValue(target)! is var text && text == "-" ? await Console.In.ReadLineAsync(ct) ?? "" : text;
                var moved = await Moving.ToAsync(await session.WorkAsync(ct), named, new Steps(session.Progress), ct);
                if (moved.Ok) session.Answer(line, moved.Value, answer => Tell(session, answer));
                return moved.Refusal;
            });
    }

    static void Tell(Session session, Moved moved)
    {
        var (tables, rows, lines) = (session.Number(moved.Tables), session.Number(moved.Rows), session.Number(moved.JournalLines));
        session.Line(new Said($"Moved from {moved.From} to {moved.To}: {tables} tables, {rows} rows, the same on both sides; the journal of {lines} lines holds.",
            $"Déplacé de {moved.From} vers {moved.To}\u202F: {tables} tables, {rows} lignes, identiques des deux côtés\u202F; le journal de {lines} lignes tient."));
        if (moved.Left is { } left)
            session.Line(new Said($"The file of before stays in the folder as {left}; remove it when you no longer want it.",
                $"Le fichier d’avant reste dans le dossier sous le nom {left}\u202F; supprimez-le quand vous n’en voulez plus."));
    }

    sealed class Steps(IProgress<ProgressReport> progress) : IProgress<CopyStep>
    {
        public void Report(CopyStep value) => progress.Report(new(new("Moving the record", "Déplacement du registre"), value.Rows, value.Total, value.Rows));
    }
}
