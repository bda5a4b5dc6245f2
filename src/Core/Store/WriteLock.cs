using System.Globalization;
using Entente.Core.Kernel;

namespace Entente.Core.Store;

/// <summary>
/// Held by a verb while it writes. The operating system holds the lock, so a killed process leaves none behind;
/// the file beside it only says who holds it.
/// </summary>
public sealed class WriteLock : IDisposable
{
    readonly FileStream _file;

    WriteLock(FileStream file) => _file = file;

    internal static Outcome<WriteLock> Take(string path, string verb)
    {
        try
        {
            // Only FileShare.None is an exclusive lock on every system; any other share admits a second writer on Linux.
            // So the holder's name cannot stand in the locked file itself.
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            var holder = string.Create(CultureInfo.InvariantCulture, $"process {Environment.ProcessId}, entente {verb}");
            File.WriteAllText(HolderOf(path), holder);
            return new WriteLock(file);
        }
        catch (IOException error) when (File.Exists(path) && !Disk.IsFull(error))
        {
            var holder = Holder(HolderOf(path));
            return Refusal.Conflict("write-locked",
                $"Another process is writing to this data folder ({holder}). Wait until it ends, then try again.",
                $"Un autre processus écrit dans ce dossier de données ({holder}). Attendez qu’il se termine, puis recommencez.");
        }
    }

    static string HolderOf(string path) => path + ".holder";

    static string Holder(string path)
    {
        try
        {
            return File.ReadAllText(path) is { Length: > 0 } holder ? holder : "unknown";
        }
        catch (IOException)
        {
            return "unknown";
        }
    }

    public void Dispose() => _file.Dispose();
}
