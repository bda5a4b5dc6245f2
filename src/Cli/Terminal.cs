using Entente.Core.Kernel;

namespace Entente.Cli;

/// <summary>Where a verb writes and what it knows of its surroundings. Tests hand in their own.</summary>
sealed record Terminal(TextWriter Out, TextWriter Error, bool InPlace, int Width, Lang Lang, TimeProvider Clock)
{
    public static Terminal OfProcess()
    {
        var inPlace = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "dumb");
        // A list of ten thousand works is written in blocks, and flushed once at the end.
        var output = new StreamWriter(Console.OpenStandardOutput(), new System.Text.UTF8Encoding(false), 1 << 15) { NewLine = "\n" };
        return new(output, Console.Error, inPlace, inPlace ? Columns() : 100, OfEnvironment(), TimeProvider.System);
    }

    static int Columns()
    {
        try
        {
            return Math.Max(40, Console.WindowWidth);
        }
        catch (IOException)
        {
            return 100;
        }
    }

    // The order of the C library: LC_ALL decides, then LC_MESSAGES, then LANG.
    static Lang OfEnvironment()
    {
        var named = new[] { "LC_ALL", "LC_MESSAGES", "LANG" }.Select(Environment.GetEnvironmentVariable).FirstOrDefault(v => !string.IsNullOrEmpty(v));
        return named is not null && named.StartsWith("fr", StringComparison.OrdinalIgnoreCase) ? Lang.Fr : Lang.En;
    }
}
