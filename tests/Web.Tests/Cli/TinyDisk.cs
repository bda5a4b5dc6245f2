using System.Diagnostics;

namespace Entente.Web.Tests.Cli;

/// <summary>A disk of a few megabytes, in memory, mounted on a folder. Only root may mount one.</summary>
sealed class TinyDisk : IDisposable
{
    readonly string _folder;

    TinyDisk(string folder) => _folder = folder;

    /// <summary>Why this machine has no tiny disks; null where it has.</summary>
    public static string? Missing { get; } = Try();

    public static TinyDisk Mount(string folder, int megabytes)
    {
        Directory.CreateDirectory(folder);
        return Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", folder) == 0
            ? new(folder) : throw new InvalidOperationException($"No tiny disk at {folder}.");
    }

    public void Dispose() => Run("umount", "-l", _folder);

    static string? Try()
    {
        if (!OperatingSystem.IsLinux()) return "tiny disk: only on Linux";
        var folder = Directory.CreateTempSubdirectory("entente-disk-").FullName;
        try
        {
            using var disk = Mount(folder, 1);
            return null;
        }
        catch (Exception error) when (error is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return "tiny disk: this user may not mount one";
        }
    }

    static int Run(string program, params string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo(program, args) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}

sealed class TinyDiskFactAttribute : FactAttribute
{
    public TinyDiskFactAttribute() => Skip = TinyDisk.Missing;
}
