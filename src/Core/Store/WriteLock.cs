using System.Globalization;
using Entente.Core.Kernel;

namespace Entente.Core.Store;

/// <summary>
/// Held by a verb while it writes. The operating system holds the lock, so a killed process leaves none behind;
/// the file's text only says who holds it.
/// </summary>
public sealed class WriteLock : IDisposable
{
    readonly FileStream _file;

    WriteLock(FileStream file) => _file = file;

    internal static Outcome<WriteLock> Take(string path, string verb)
    {
        try
        {
            // Readers are let in so that a refused writer can name the holder.
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
            file.SetLength(0);
            var holder = string.Create(CultureInfo.InvariantCulture, $"process {Environment.ProcessId}, entente {verb}");
            file.Write(System.Text.Encoding.UTF8.GetBytes(holder));
            file.Flush();
            return new WriteLock(file);
        }
        catch (IOException) when (File.Exists(path))
        {
            var holder = Holder(path);
            return Refusal.Conflict("write-locked",
                $"Another process is writing to this data folder ({holder}). Wait until it ends, then try again.",
                $"Un autre processus écrit dans ce dossier de données ({holder}). Attendez qu’il se termine, puis recommencez.");
        }
    }

    static string Holder(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(file);
            return reader.ReadToEnd();
        }
        catch (IOException)
        {
            return "unknown";
        }
    }

    public void Dispose() => _file.Dispose();
}
