using System.Text.RegularExpressions;
using Entente.Cli;
using Entente.Core.Kernel;
using Entente.Tests;

namespace Entente.Web.Tests.Cli;

/// <summary>The session in the README is run line by line; what it shows is what comes.</summary>
public sealed partial class ReadmeTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("entente-readme-").FullName;

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task The_first_session_answers_as_the_README_shows()
    {
        var steps = Steps(await File.ReadAllTextAsync(Path.Combine(Conditions.Root, "README.md"))).ToList();
        Assert.True(steps.Count >= 5);
        foreach (var (line, expected) in steps)
        {
            var (code, output, error) = await RunAsync(line);
            Assert.True(code == 0, $"$ entente {line}\n{error}");
            Assert.True(Matches(expected, output), $"$ entente {line}\nexpected\n{expected}\ngot\n{output}");
        }
    }

    [Fact]
    public void An_ellipsis_stands_for_anything_and_nothing_else_does()
    {
        Assert.True(Matches("a …\n…", "a b\nc\nd\n"));
        Assert.False(Matches("a …\nc", "a b\nd\n"));
        Assert.False(Matches("a", "a\nb\n"));
    }

    static IEnumerable<(string Line, string Expected)> Steps(string readme) =>
        from Match block in Console().Matches(readme)
        from Match step in Step().Matches(block.Groups[1].Value)
        select (step.Groups[1].Value, step.Groups[2].Value);

    static bool Matches(string expected, string output) =>
        Regex.IsMatch(output.TrimEnd(), "^" + Regex.Escape(expected.TrimEnd()).Replace("…", ".*", StringComparison.Ordinal) + "$", RegexOptions.Singleline);

    async Task<(int Code, string Out, string Error)> RunAsync(string line)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var arguments = line.Split(' ').Select(word => word.StartsWith("my-", StringComparison.Ordinal) ? Path.Combine(_folder, word) : word);
        var terminal = new Terminal(output, error, InPlace: false, Width: 100, Lang.En, TimeProvider.System);
        var code = await CommandLine.RunAsync([.. arguments, "--data", Path.Combine(_folder, "data")], terminal, Program.Verbs());
        return (code, output.ToString(), error.ToString());
    }

    [GeneratedRegex(@"```console\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Console();

    [GeneratedRegex(@"^\$ entente (.*)\n((?:(?!\$ ).*\n)*)", RegexOptions.Multiline)]
    private static partial Regex Step();
}
