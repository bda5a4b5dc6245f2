using System.Runtime.InteropServices;
using Entente.Core.Kernel;

namespace Entente.Core.Store;

/// <summary>What a disk does that files alone do not tell: it fills up, and it forgets what was not flushed.</summary>
public static class Disk
{
    // ENOSPC, EDQUOT, EFBIG (a limit on file size) on Unix; ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL on Windows.
    static readonly HashSet<int> Full = OperatingSystem.IsWindows()
        ? [unchecked((int)0x80070070), unchecked((int)0x80070027)]
        : [28, 122, 27, unchecked((int)0x80070070)];

    public static bool IsFull(IOException error) => Full.Contains(error.HResult);

    /// <summary>The sentence for a full disk: where, and what to do.</summary>
    public static BrokenWorldException FullAt(string folder, Exception cause) => new(new(
        $"The disk that holds {folder} is full. Nothing was changed. Free some space, or name another folder with --data, then try again.",
        $"Le disque qui contient {folder} est plein. Rien n’a été modifié. Libérez de la place, ou indiquez un autre dossier avec --data, puis recommencez."), cause);

    /// <summary>Flushes a folder's own entries, so that a rename inside it outlives a power cut. Does nothing where the system has no such call.</summary>
    public static void FlushFolder(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        var folder = Open(System.Text.Encoding.UTF8.GetBytes(path + '\0'), 0);
        if (folder < 0) return;
        _ = FSync(folder);
        _ = Close(folder);
    }

    /// <summary>Gives a file that never changes a second name, without its bytes lying there twice; a copy where the system or the disk has no such names.</summary>
    public static void Link(string path, string other)
    {
        if (OperatingSystem.IsWindows() || Link(System.Text.Encoding.UTF8.GetBytes(path + '\0'), System.Text.Encoding.UTF8.GetBytes(other + '\0')) != 0) File.Copy(path, other);
    }

    [DllImport("libc", EntryPoint = "link"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Link(byte[] path, byte[] other);

    [DllImport("libc", EntryPoint = "open"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int FSync(int file);

    [DllImport("libc", EntryPoint = "close"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Close(int file);
}
