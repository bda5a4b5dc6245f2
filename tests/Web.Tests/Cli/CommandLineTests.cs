using System.Diagnostics;
using System.Text.RegularExpressions;
using Entente.Cli;
using Entente.Core.Evidence;
using Entente.Core.Kernel;

namespace Entente.Web.Tests.Cli;

/// <summary>The frame of the command line: help, mistakes, languages, exit codes, the first start.</summary>
public sealed partial class CommandLineTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("entente-line-").FullName;

    string Data => Path.Combine(_folder, "data");

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    static async Task<(int Code, string Out, string Error)> RunAsync(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = await CommandLine.RunAsync(args, new(output, error, false, 100, Lang.En, TimeProvider.System), Program.Verbs());
        return (code, output.ToString(), error.ToString());
    }

    [Fact]
    public async Task Help_names_every_verb_and_says_what_it_does_in_both_languages()
    {
        var (code, english, _) = await RunAsync("--help");
        var french = (await RunAsync("--lang", "fr", "-h")).Out;
        Assert.Equal(0, code);
        Assert.All(Program.Verbs(), verb =>
        {
            Assert.Contains($"\n  {verb.Name} ", english, StringComparison.Ordinal);
            Assert.Contains($"\n  {verb.Name} ", french, StringComparison.Ordinal);
        });
        Assert.Contains("Exit codes: 0 done", english, StringComparison.Ordinal);
        Assert.Contains("Codes de sortie", french, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001F', english + french);
    }

    [Fact]
    public async Task Every_verb_explains_each_of_its_options_in_both_languages()
    {
        foreach (var path in Paths(Program.Verbs(), []))
        {
            var (english, french) = ((await RunAsync([.. path, "--help"])).Out, (await RunAsync([.. path, "--help", "--lang", "fr"])).Out);
            Assert.Contains($"entente {string.Join(' ', path)}", english, StringComparison.Ordinal);
            Assert.NotEqual(english, french);
            Assert.DoesNotContain(english.Split('\n'), line => Bare().IsMatch(line));
        }
    }

    static IEnumerable<string[]> Paths(IEnumerable<System.CommandLine.Command> verbs, string[] above) =>
        verbs.SelectMany(verb => Paths(verb.Subcommands, [.. above, verb.Name]).Prepend([.. above, verb.Name]));

    [Theory]
    [InlineData("“vintage” is not known here. Did you mean “vintages”?", "vintage")]
    [InlineData("“--jsn” is not known here. Did you mean “--json”?", "vintages", "--jsn")]
    [InlineData("“--dta” is not known here. Did you mean “--data”?", "vintages", "--dta", "x")]
    [InlineData("“zzz” is not known here.", "zzz")]
    [InlineData("Say which: entente import openalex, ror, cordis, rnsr, table.", "import")]
    [InlineData("--data needs a value: --data DIR.", "vintages", "--data")]
    [InlineData("FILE is missing: entente restore FILE.", "restore")]
    [InlineData("--works is missing: entente synthesize --works N.", "synthesize")]
    [InlineData("--works takes a whole number: --works N.", "synthesize", "--works", "many")]
    [InlineData("--stability takes a whole number, 0 or more: --stability SEED.", "figure", "output", "--of", "cnrs", "--stability", "1.5")]
    [InlineData("Say what to compare with: --to-vintage V, --to-release R or --to-membership M.", "explain", "output", "--of", "cnrs")]
    [InlineData("“de” is not a language of Entente: write --lang en or --lang fr.", "vintages", "--lang", "de")]
    [InlineData("“x” is not an address to listen on: write --urls http://localhost:5080.", "serve", "--urls", "x")]
    [InlineData("Say which works: --between A B, or --of A, or --of A --with CC.", "pull", "openalex", "--years", "2020")]
    [InlineData("The window 2024-2010 ends before it begins: write 2010-2024.", "pull", "openalex", "--of", "cnrs", "--years", "2024-2010")]
    public async Task A_mistaken_line_is_explained_with_exit_code_2(string sentence, params string[] args)
    {
        var (code, output, error) = await RunAsync(args);
        Assert.Equal($"entente: {sentence}", error.Split('\n')[0]);
        Assert.Equal(2, code);
        Assert.Equal("", output);
    }

    [Fact]
    public async Task Data_and_language_may_stand_anywhere_on_the_line()
    {
        foreach (string[] line in new string[][] { ["--data", Data, "--lang", "fr", "vintages"], ["vintages", "--lang", "fr", "--data", Data], ["--lang=fr", "vintages", $"--data={Data}"] })
        {
            var (code, output, _) = await RunAsync(line);
            Assert.Equal(0, code);
            Assert.Contains("notices", output, StringComparison.Ordinal);
        }
        Assert.True(File.Exists(Path.Combine(Data, "entente.db")));
    }

    [Fact]
    public async Task A_refusal_is_said_in_the_language_chosen_with_exit_code_1()
    {
        var (code, output, error) = await RunAsync("restore", Path.Combine(_folder, "nothere.zip"), "--lang", "fr", "--data", Data);
        Assert.Equal((1, ""), (code, output));
        Assert.Contains("n’existe pas", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Data), "a refused restore leaves no folder");
    }

    [Fact]
    public async Task A_broken_record_ends_with_exit_code_3_and_says_what_to_do()
    {
        Directory.CreateDirectory(Data);
        await File.WriteAllTextAsync(Path.Combine(Data, "entente.db"), new string('x', 8192));
        var (code, _, error) = await RunAsync("structures", "--data", Data);
        Assert.Equal(3, code);
        Assert.Contains("entente restore FILE", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_verb_on_an_empty_folder_first_loads_the_portfolio()
    {
        Assert.Equal(0, (await RunAsync("vintages", "--data", Data)).Code);
        Assert.Contains("Abraham de Moivre", (await RunAsync("structures", "--data", Data)).Out, StringComparison.Ordinal);
        Assert.Empty(Vintages.List(new(Data)));
    }

    [Fact]
    public async Task An_interrupted_verb_leaves_nothing_and_ends_with_130()
    {
        var target = Path.Combine(_folder, "works");
        using var process = EntenteProcess.Start("synthesize", "--works", "20000000", "--out", target);
        while (!Directory.Exists(target) || Directory.GetFiles(target).Length == 0) await Task.Delay(20);
        Terminate(process);
        var run = await EntenteProcess.EndAsync(process);
        Assert.Equal(130, run.Code);
        Assert.Contains("Stopped", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(target));
    }

    [Fact]
    public async Task The_first_start_serves_the_portfolio_and_an_invented_vintage_and_the_next_keeps_both()
    {
        var first = await ServeAsync("--data", Data);
        using (var http = new HttpClient())
        {
            var page = await http.GetStringAsync(new Uri(first.Address, "/"));
            Assert.Contains("Abraham de Moivre", page, StringComparison.Ordinal);
        }
        var vintage = Assert.Single(Vintages.List(new(Data)));
        Assert.True(vintage.Synthetic);
        Assert.Equal(Synthesizing.FirstWorks, vintage.Accepted);

        var second = await EntenteProcess.RunAsync("serve", "--data", Path.Combine(_folder, "other"), "--portfolio", "none", "--urls", first.Address.ToString());
        Assert.Equal(1, second.Code);
        Assert.Contains("--urls", second.Error, StringComparison.Ordinal);

        await StopAsync(first.Process);
        await StopAsync((await ServeAsync("--data", Data)).Process);
        Assert.Equal(vintage.ImportedAt, Assert.Single(Vintages.List(new(Data))).ImportedAt);
    }

    [Fact]
    public async Task The_choice_of_portfolio_is_remembered()
    {
        await StopAsync((await ServeAsync("--data", Data, "--portfolio", "none")).Process);
        Assert.DoesNotContain("Abraham de Moivre", (await RunAsync("structures", "--data", Data)).Out, StringComparison.Ordinal);
    }

    static async Task<(Process Process, Uri Address)> ServeAsync(params string[] args)
    {
        var process = EntenteProcess.Start([.. args, "--urls", "http://127.0.0.1:0"]);
        while (await process.StandardOutput.ReadLineAsync() is { } line)
            if (Address().Match(line) is { Success: true } address) return (process, new(address.Value));
        Assert.Fail(await process.StandardError.ReadToEndAsync());
        throw new UnreachableException();
    }

    static async Task StopAsync(Process process)
    {
        Terminate(process);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        process.Dispose();
    }

    static void Terminate(Process process) => Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]).WaitForExit();

    // An option or argument in help without a word about it.
    [GeneratedRegex(@"^  (--\S+|[A-Z]+)( [A-Za-z|0-9-]+)?\s*$")]
    private static partial Regex Bare();

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Address();
}
