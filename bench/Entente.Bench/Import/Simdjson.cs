using System.Diagnostics;
using System.Globalization;

namespace Entente.Bench.Import;

/// <summary>simdjson (Debian's libsimdjson-dev) in a program of its own, made with g++ -O3 for this machine.</summary>
static class Simdjson
{
    /// <summary>The median of the rounds and the sums over what was taken; null where there is no compiler or no simdjson.</summary>
    public static (double Seconds, string Sum)? Measure(byte[] text, string folder, int rounds)
    {
        var (program, lines) = (Path.Combine(folder, "simdjson-peer"), Path.Combine(folder, "simdjson.jsonl"));
        if (Run("g++", "-O3", "-march=native", "-std=c++17", "-o", program, "bench/peers/simdjson.cpp", "-lsimdjson") is null) return null;
        File.WriteAllBytes(lines, text);
        try
        {
            var told = Run(program, lines, rounds.ToString(CultureInfo.InvariantCulture)) ?? throw new InvalidOperationException("simdjson's program failed.");
            var parts = told.Trim().Split(' ', 2);
            return (double.Parse(parts[0], CultureInfo.InvariantCulture), parts[1]);
        }
        finally
        {
            File.Delete(lines);
        }
    }

    static string? Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
