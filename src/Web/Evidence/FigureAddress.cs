using Entente.Core.Evidence;
using Entente.Web.Shell;

namespace Entente.Web.Evidence;

/// <summary>Where a question is answered: its page, its receipt, its works, its JSON, and the command that asks it.</summary>
public static class FigureAddress
{
    public static string Page(Question question) => Reader.Address($"/figures/{question.Figure}", Parts(question));

    /// <summary>Computes and keeps the receipt, then shows it.</summary>
    public static string Receipt(Question question) => Reader.Address($"/figures/{question.Figure}", [.. Parts(question), ("receipt", "1")]);

    /// <summary>The works behind it, or the projects.</summary>
    public static string Works(Question question, bool upper = false) => question.Figure == "joint-projects"
        ? Reader.Address("/projects", [.. Parts(question), ("upper", upper ? "1" : null)])
        : Reader.Address("/works", [("figure", question.Figure), .. Parts(question), ("upper", upper ? "1" : null)]);

    public static string Json(Question question) => Reader.Address($"/api/v1/figures/{question.Figure}", Parts(question));

    public static string WorksCsv(Question question) =>
        Reader.Address("/api/v1/works", [("figure", question.Figure), .. Parts(question), ("format", "csv")]);

    /// <summary>The verb that gives the same figure, ready for a shell.</summary>
    public static string Command(Question question, string verb = "figure")
    {
        var words = new List<string> { "entente", verb, question.Figure };
        if (question.B is { } b) words.AddRange(["--between", Quoted(question.A!), Quoted(b)]);
        else if (question.A is { } a) words.AddRange(["--of", Quoted(a)]);
        if (question.With is { } with) words.AddRange(["--with", with]);
        if (question.Years is { } years) words.AddRange(["--years", years.ToString()]);
        if (question.Membership != Membership.Lineage) words.AddRange(["--membership", Word(question.Membership)]);
        if (question.Counting != Counting.Full) words.AddRange(["--counting", Word(question.Counting)]);
        if (question.Kilometres is { } kilometres) words.AddRange(["--kilometres", kilometres.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        foreach (var (name, value) in question.Filters.Words()) words.AddRange(name == "with-retracted" ? [$"--{name}"] : [$"--{name}", Quoted(value)]);
        if (question.Stability is { } seed && verb == "figure") words.AddRange(["--stability", seed.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        if (question.Vintage is { } vintage) words.AddRange(["--vintage", vintage]);
        if (question.Release is { } release) words.AddRange(["--release", release]);
        return string.Join(' ', words);
    }

    public static (string Name, string? Value)[] Parts(Question question) =>
    [
        ("between", question.B is null ? null : $"{question.A},{question.B}"),
        ("of", question.B is null ? question.A : null),
        ("with", question.With),
        ("years", question.Years?.ToString()),
        ("membership", question.Membership == Membership.Lineage ? null : Word(question.Membership)),
        ("counting", question.Counting == Counting.Full ? null : Word(question.Counting)),
        ("kilometres", question.Kilometres?.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        .. question.Filters.Words().Select(word => (word.Name, (string?)word.Value)),
        ("stability", question.Stability?.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ("vintage", question.Vintage),
        ("release", question.Release),
    ];

    public static string Word<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();

    static string Quoted(string text) => text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_') ? text : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
