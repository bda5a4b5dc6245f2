using System.CommandLine;
using System.CommandLine.Parsing;
using Entente.Core.Kernel;

namespace Entente.Cli;

/// <summary>The help of the whole line or of one verb, in the reader's language; the parser's own help is English only.</summary>
sealed class HelpPage(Terminal terminal, Lang lang, RootCommand root, IReadOnlyList<Option> everywhere)
{
    public static string PathOf(CommandResult result)
    {
        var words = new List<string>();
        for (SymbolResult? at = result; at is CommandResult command; at = at.Parent)
            words.Insert(0, command.Command is RootCommand ? "entente" : command.Command.Name);
        return string.Join(' ', words);
    }

    public void Write(CommandResult at)
    {
        var command = at.Command;
        terminal.Out.WriteLine(About.In(command.Description, lang));
        terminal.Out.WriteLine();
        terminal.Out.WriteLine($"  {Usage(at)}");
        Section(new("Verbs", "Verbes"), command.Subcommands.Select(verb => (verb.Name, About.In(verb.Description, lang))));
        Section(new("Takes", "Prend"), command.Arguments.Select(argument => (argument.Name, About.In(argument.Description, lang))));
        Section(command == root ? new("Options of serve, the default verb", "Options de serve, le verbe par défaut") : new("Options", "Options"),
            command.Options.Except(everywhere).Where(option => option.Name != "--version").Select(Row));
        Section(new("On every line", "Sur toute ligne"), everywhere.Select(Row));
        if (command == root) Footer();
    }

    string Usage(CommandResult at)
    {
        var parts = new List<string> { PathOf(at) };
        if (at.Command == root) parts.Add(Say(new("[verb] [options]", "[verbe] [options]")));
        else if (at.Command.Subcommands.Count > 0) parts.Add(string.Join('|', at.Command.Subcommands.Select(verb => verb.Name)));
        parts.AddRange(at.Command.Arguments.Select(a => a.Arity.MaximumNumberOfValues > 1 ? $"{a.Name}..." : a.Name));
        if (at.Command != root) parts.AddRange(at.Command.Options.Except(everywhere).Select(o => o.Required ? Shape(o) : $"[{Shape(o)}]"));
        return string.Join(' ', parts);
    }

    void Section(Said title, IEnumerable<(string Name, string About)> rows)
    {
        var list = rows.ToList();
        if (list.Count == 0) return;
        terminal.Out.WriteLine();
        terminal.Out.WriteLine(Say(title));
        var width = Math.Min(30, list.Max(row => row.Name.Length));
        foreach (var (name, about) in list)
        {
            var indent = new string(' ', width + 4);
            var lines = Wrap(about, Math.Max(30, Math.Min(terminal.Width, 110) - indent.Length)).ToList();
            terminal.Out.WriteLine(name.Length <= width ? $"  {name.PadRight(width)}  {lines[0]}" : $"  {name}\n{indent}{lines[0]}");
            foreach (var more in lines.Skip(1)) terminal.Out.WriteLine(indent + more);
        }
    }

    void Footer()
    {
        terminal.Out.WriteLine();
        terminal.Out.WriteLine(Say(new(
            "Organisations are named by ROR id, key (cnrs, imperial, utokyo) or exact name.\nExit codes: 0 done, 1 refused, 2 usage, 3 broken world.",
            "Une organisation se nomme par son identifiant ROR, sa clé (cnrs, imperial, utokyo) ou son nom exact.\nCodes de sortie\u202F: 0 fait, 1 refusé, 2 usage, 3 panne.")));
    }

    (string, string) Row(Option option) => (Shape(option), About.In(option.Description, lang));

    static string Shape(Option option) => option.ValueType == typeof(bool) ? option.Name : $"{option.Name} {option.HelpName}";

    static IEnumerable<string> Wrap(string text, int width)
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }
            line = line.Length == 0 ? word : $"{line} {word}";
        }
        yield return line;
    }

    string Say(Said said) => said.In(lang);
}
