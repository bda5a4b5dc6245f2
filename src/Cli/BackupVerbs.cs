using System.CommandLine;
using Entente.Core.Store;

namespace Entente.Cli;

/// <summary>Backup, restore.</summary>
static class BackupVerbs
{
    public static Command Backup()
    {
        var file = Verb.Argument("FILE", new("The backup to write; it must not exist yet", "La sauvegarde à écrire\u202F; elle ne doit pas exister encore"));
        return Verb.Of("backup",
            new("Keep a consistent copy of everything in one file", "Garder une copie cohérente de tout en un fichier"), [file, Verb.Json],
            async (session, line, ct) =>
            {
                var made = await Backups.MakeAsync(await session.WorkAsync(ct), line.GetValue(file)!, ct);
                if (made.Ok) session.Answer(line, made.Value, manifest => Tell(session, manifest, new("kept", "gardés")));
                return made.Refusal;
            });
    }

    public static Command Restore()
    {
        var file = Verb.Argument("FILE", new("The backup to restore", "La sauvegarde à restaurer"));
        return Verb.Of("restore",
            new("Restore a backup into an empty data folder", "Restaurer une sauvegarde dans un dossier vide"), [file, Verb.Json],
            async (session, line, ct) =>
            {
                var restored = await Backups.RestoreAsync(line.GetValue(file)!, session.FolderPath, ct);
                if (restored.Ok) session.Answer(line, restored.Value, manifest => Tell(session, manifest, new("restored", "restaurés")));
                return restored.Refusal;
            });
    }

    static void Tell(Session session, BackupManifest manifest, Core.Kernel.Said done)
    {
        var (files, megabytes) = (session.Number(manifest.Files.Count), session.Number(Math.Round(manifest.Bytes / 1e6, 1)));
        session.Line(new Core.Kernel.Said($"{files} files, {megabytes} MB {done.En}.", $"{files} fichiers, {megabytes} Mo {done.Fr}."));
    }
}
