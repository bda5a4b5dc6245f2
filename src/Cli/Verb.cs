using System.CommandLine;
using Entente.Core.Kernel;

namespace Entente.Cli;

/// <summary>What a verb does. It answers null when it is done, or the reason why it refused.</summary>
delegate Task<Refusal?> Act(Session session, ParseResult line, CancellationToken ct);

/// <summary>One verb of the table: its name, what it is for in both languages, what it takes, what it does.</summary>
sealed class Verb : Command
{
    Verb(string name, Act act) : base(name) => Act = act;

    public Act Act { get; }

    /// <summary>Answers as JSON on standard output; every verb that lists or computes takes it.</summary>
    public static Option<bool> Json { get; } = Flag("--json", new("Answer as JSON", "Répondre en JSON"));

    /// <summary>Which engine answers questions about works.</summary>
    public static Option<string> Engine { get; } = Option<string>("--engine", "E", new("embedded (default) or clickhouse", "embedded (par défaut) ou clickhouse"));

    /// <param name="takes">options and arguments; one instance may serve several verbs</param>
    public static Verb Of(string name, Said about, IReadOnlyList<Symbol> takes, Act act)
    {
        var verb = new Verb(name, act) { Description = About.Both(about) };
        foreach (var symbol in takes)
            if (symbol is Option option) verb.Options.Add(option);
            else verb.Arguments.Add((Argument)symbol);
        verb.SetAction(_ => 0); // Only tells the parser that the verb may stand alone; CommandLine calls Act.
        return verb;
    }

    /// <summary>A word that only groups verbs, such as import.</summary>
    public static Command Group(string name, Said about, IReadOnlyList<Command> verbs)
    {
        var group = new Command(name, About.Both(about));
        foreach (var verb in verbs) group.Subcommands.Add(verb);
        return group;
    }

    public static Option<bool> Flag(string name, Said about) => new(name) { Description = About.Both(about) };

    /// <summary>An option with one value. HelpName is what help shows for it, such as DIR.</summary>
    public static Option<T> Option<T>(string name, string helpName, Said about, bool required = false) =>
        new(name) { Description = About.Both(about), HelpName = helpName, Required = required };

    /// <summary>An option with exactly so many values after it, such as --between A B.</summary>
    public static Option<string[]> Values(string name, int count, string helpName, Said about, bool required = false) => new(name)
    {
        Description = About.Both(about),
        HelpName = helpName,
        Required = required,
        Arity = new ArgumentArity(count, count),
        AllowMultipleArgumentsPerToken = true,
    };

    public static Argument<string> Argument(string helpName, Said about) => new(helpName) { Description = About.Both(about) };

    public static Argument<string[]> Several(string helpName, Said about) =>
        new(helpName) { Description = About.Both(about), Arity = ArgumentArity.OneOrMore };
}

/// <summary>Keeps both languages of a description in the one text that the parser's types offer.</summary>
static class About
{
    const char Between = '\u001F';

    public static string Both(Said said) => said.En + Between + said.Fr;

    public static string In(string? both, Lang lang)
    {
        var parts = (both ?? "").Split(Between);
        return lang == Lang.En ? parts[0] : parts[^1];
    }
}
