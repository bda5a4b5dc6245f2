using System.Diagnostics;
using System.Text;

namespace Entente.Web.Tests.Cli;

/// <summary>The real command line, as a process of its own.</summary>
static class EntenteProcess
{
    static readonly string Program = Path.Combine(AppContext.BaseDirectory, "entente.dll");

    public sealed record Run(int Code, string Out, string Error, long PeakBytes);

    public static Process Start(params string[] args) => Start(new ProcessStartInfo("dotnet", [Program, .. args]));

    /// <summary>With variables of the environment.</summary>
    public static Process Start(IEnumerable<(string Name, string Value)> environment, params string[] args)
    {
        var info = new ProcessStartInfo("dotnet", [Program, .. args]);
        foreach (var (name, value) in environment) info.Environment[name] = value;
        return Start(info);
    }

    static Process Start(ProcessStartInfo info)
    {
        (info.RedirectStandardOutput, info.RedirectStandardError) = (true, true);
        info.StandardOutputEncoding = info.StandardErrorEncoding = Encoding.UTF8;
        info.Environment["LC_ALL"] = "C";
        return Process.Start(info)!;
    }

    public static Task<Run> RunAsync(params string[] args) => EndAsync(Start(args));

    public static async Task<Run> EndAsync(Process process)
    {
        using (process)
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            var peak = 0L;
            while (!process.WaitForExit(20))
            {
                process.Refresh();
                if (!process.HasExited) peak = Math.Max(peak, Peak(process));
            }
            await process.WaitForExitAsync();
            return new(process.ExitCode, await output, await error, peak);
        }
    }

    /// <summary>Runs a command for so many milliseconds at most and then kills it; whether it ended by itself.</summary>
    public static bool EndsWithin(double milliseconds, params string[] args)
    {
        using var process = Start(args);
        process.StandardOutput.Close();
        process.StandardError.Close();
        var ended = process.WaitForExit((int)milliseconds);
        if (!ended) process.Kill();
        process.WaitForExit();
        return ended;
    }

    static long Peak(Process process)
    {
        try
        {
            return process.WorkingSet64;
        }
        catch (InvalidOperationException)
        {
            return 0;
        }
    }
}
