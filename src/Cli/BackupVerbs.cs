using System.CommandLine;

namespace Entente.Cli;

static class BackupVerbs
{
    public static Command Backup() => Verb.Of("backup",
        new("Keep a consistent copy of everything in one file", "Garder une copie cohérente de tout en un fichier"), [],
        (session, line, ct) => throw new NotImplementedException());

    public static Command Restore() => Verb.Of("restore",
        new("Restore a backup into an empty data folder", "Restaurer une sauvegarde dans un dossier vide"), [],
        (session, line, ct) => throw new NotImplementedException());
}
