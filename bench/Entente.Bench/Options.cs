using System.Globalization;

namespace Entente.Bench;

/// <param name="Works">how many works are invented</param>
/// <param name="Entente">the executable that is measured</param>
/// <param name="Results">the folder of the tables, one folder a processor</param>
/// <param name="Keep">where sources and vintage stay for the next run; null for a temporary folder</param>
/// <param name="Pages">false to leave the server out; then nothing is written to the results</param>
/// <param name="Record">true to measure the pages of a large record instead</param>
/// <param name="Lines">how many lines its journal has; fewer than 100,000 are for a first look, and not kept</param>
sealed record Options(long Works, string Entente, string Results, string? Keep, bool Pages, bool Record, int Lines)
{
    public static Options Parse(string[] args)
    {
        string? Value(string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
        return new(
            long.Parse(Value("--works") ?? "1000000", CultureInfo.InvariantCulture),
            Path.GetFullPath(Value("--entente") ?? throw new ArgumentException("--entente names the executable; bench/run does it.")),
            Path.GetFullPath(Value("--results") ?? "bench/results"),
            Value("--keep"),
            !args.Contains("--no-pages"),
            args.Contains("record"),
            int.Parse(Value("--lines") ?? "100000", CultureInfo.InvariantCulture));
    }
}
