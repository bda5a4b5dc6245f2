using System.CommandLine;
using System.CommandLine.Parsing;
using Entente.Core.Kernel;

namespace Entente.Cli;

/// <summary>What is wrong with a line, in the reader's language. The parser's own sentences are English only.</summary>
static class UsageErrors
{
    public static IReadOnlyList<string> Of(ParseResult line, Lang lang)
    {
        var language = line.GetResult("--lang") is OptionResult { Tokens: [var token] } ? token.Value : null;
        if (language is not (null or "en" or "fr"))
            return [new Said($"“{language}” is not a language of Entente: write --lang en or --lang fr.",
                $"«\u202F{language}\u202F» n’est pas une langue d’Entente\u202F: écrivez --lang en ou --lang fr.").In(lang)];
        if (line.GetResult("--data") is OptionResult { Tokens: [{ Value: var folder }] } && string.IsNullOrWhiteSpace(folder))
            return [new Said("--data needs a value: --data DIR.", "--data attend une valeur\u202F: --data DIR.").In(lang)];
        if (line.Errors.Count == 0) return line.CommandResult.Command is Verb or RootCommand ? [] : [Choice(line.CommandResult).In(lang)];
        if (line.UnmatchedTokens.Count > 0) return [Unknown(line, line.UnmatchedTokens[0]).In(lang)];
        return [.. line.Errors.Select(error => Describe(error, line).In(lang)).Distinct()];
    }

    static Said Unknown(ParseResult line, string token)
    {
        var near = Nearest(token, line.CommandResult);
        return new(
            $"“{token}” is not known here{(near is null ? "." : $". Did you mean “{near}”?")}",
            $"«\u202F{token}\u202F» n’est pas connu ici{(near is null ? "." : $". Vouliez-vous dire «\u202F{near}\u202F»\u202F?")}");
    }

    static Said Describe(ParseError error, ParseResult line) => error.SymbolResult switch
    {
        OptionResult { Tokens.Count: 0, Implicit: false } option => new(
            $"{option.Option.Name} needs a value: {option.Option.Name} {option.Option.HelpName}.",
            $"{option.Option.Name} attend une valeur\u202F: {option.Option.Name} {option.Option.HelpName}."),
        OptionResult { IdentifierToken: null } option => new(
            $"{option.Option.Name} is missing: {HelpPage.PathOf(line.CommandResult)} {option.Option.Name} {option.Option.HelpName}.",
            $"{option.Option.Name} manque\u202F: {HelpPage.PathOf(line.CommandResult)} {option.Option.Name} {option.Option.HelpName}."),
        OptionResult { Option: Option<long> } option => Number(option.Option, "", ""),
        OptionResult { Option: Option<ulong?> } option => Number(option.Option, ", 0 or more", ", 0 ou plus"),
        OptionResult option => new(
            $"{option.Option.Name} was not given as it should be: {option.Option.Name} {option.Option.HelpName}.",
            $"{option.Option.Name} n’est pas donné comme il faut\u202F: {option.Option.Name} {option.Option.HelpName}."),
        ArgumentResult argument => new(
            $"{argument.Argument.Name} is missing: {HelpPage.PathOf(line.CommandResult)} {argument.Argument.Name}.",
            $"{argument.Argument.Name} manque\u202F: {HelpPage.PathOf(line.CommandResult)} {argument.Argument.Name}."),
        CommandResult command when command.Command.Subcommands.Count > 0 => Choice(command),
        CommandResult command => Missing(command),
        _ => Said.Same(error.Message),
    };

    static Said Number(Option option, string en, string fr) => new(
        $"{option.Name} takes a whole number{en}: {option.Name} {option.HelpName}.", $"{option.Name} attend un nombre entier{fr}\u202F: {option.Name} {option.HelpName}.");

    static Said Choice(CommandResult command)
    {
        var choice = string.Join(", ", command.Command.Subcommands.Select(c => c.Name));
        return new($"Say which: {HelpPage.PathOf(command)} {choice}.", $"Précisez\u202F: {HelpPage.PathOf(command)} {choice}.");
    }

    static Said Missing(CommandResult command)
    {
        var missing = command.Command.Options.Where(o => o.Required && command.GetResult(o) is null).Select(o => $"{o.Name} {o.HelpName}")
            .Concat(command.Command.Arguments.Where(a => a.Arity.MinimumNumberOfValues > 0 && command.GetResult(a) is null or { Tokens.Count: 0 }).Select(a => a.Name));
        var list = string.Join(' ', missing);
        return new($"{list} is missing: {HelpPage.PathOf(command)} {list}.", $"{list} manque\u202F: {HelpPage.PathOf(command)} {list}.");
    }

    static string? Nearest(string token, CommandResult at)
    {
        var words = new List<string>();
        for (SymbolResult? result = at; result is CommandResult command; result = result.Parent)
        {
            words.AddRange(command.Command.Options.Select(o => o.Name));
            if (ReferenceEquals(command, at)) words.AddRange(command.Command.Subcommands.Select(c => c.Name));
        }
        var (word, distance) = words.Select(w => (w, Distance(token, w))).DefaultIfEmpty(("", int.MaxValue)).MinBy(pair => pair.Item2);
        return distance <= Math.Max(1, token.Length / 3) ? word : null;
    }

    /// <summary>Damerau–Levenshtein in its restricted form: a swap of two neighbours counts as one slip.</summary>
    internal static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) d[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) d[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
            for (var j = 1; j <= b.Length; j++)
            {
                var change = a[i - 1] == b[j - 1] ? 0 : 1;
                d[i, j] = Math.Min(Math.Min(d[i - 1, j] + 1, d[i, j - 1] + 1), d[i - 1, j - 1] + change);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        return d[a.Length, b.Length];
    }
}
