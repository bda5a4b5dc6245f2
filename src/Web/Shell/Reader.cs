using System.Globalization;
using Entente.Core.Kernel;
using Microsoft.Extensions.Primitives;

namespace Entente.Web.Shell;

/// <summary>
/// Who reads: the language and the theme of one request, and the address that is being read. The address decides
/// (?lang=fr, ?theme=dark), else the cookie, else what the browser accepts; so an address can be shared with or without.
/// </summary>
public sealed class Reader
{
    public const string LangName = "lang";
    public const string ThemeName = "theme";

    public static Reader English { get; } = new(Lang.En, null, "/", []);

    readonly IReadOnlyList<KeyValuePair<string, string>> _query;

    Reader(Lang lang, string? theme, string path, IReadOnlyList<KeyValuePair<string, string>> query) =>
        (Lang, Theme, Path, _query) = (lang, theme, path, query);

    public Lang Lang { get; }

    /// <summary>"light", "dark", or null where the system decides.</summary>
    public string? Theme { get; }

    public string Path { get; }

    public bool French => Lang == Lang.Fr;

    public static string Code(Lang lang) => lang switch { Lang.En => "en", Lang.Fr => "fr" };

    public static Reader Of(HttpRequest request) => new(
        LangOf(request), ThemeOf(request), request.Path.Value ?? "/",
        [.. request.Query.SelectMany(pair => Values(pair.Value).Select(value => KeyValuePair.Create(pair.Key, value)))]);

    public static Reader For(Lang lang) => new(lang, null, "/", []);

    public string Say(string en, string fr) => Lang == Lang.En ? en : fr;

    public string Say(Said said) => said.In(Lang);

    public string? this[string name] => _query.Where(pair => pair.Key == name && pair.Value.Length > 0).Select(pair => pair.Value).LastOrDefault();

    /// <summary>This address with one parameter changed, or left out where the value is null. Keeps the others.</summary>
    public string With(string name, string? value) => With([(name, value)]);

    public string With(params ReadOnlySpan<(string Name, string? Value)> changes)
    {
        var query = _query.Where(pair => pair.Value.Length > 0 && pair.Key is not ThemeName).ToList();
        foreach (var (name, value) in changes)
        {
            query.RemoveAll(pair => pair.Key == name);
            if (value is not null) query.Add(KeyValuePair.Create(name, value));
        }
        return Address(Path, query.Select(pair => (pair.Key, (string?)pair.Value)));
    }

    /// <summary>The parameters of this address, for the hidden fields of a form that must keep them.</summary>
    public IEnumerable<KeyValuePair<string, string>> Kept(params string[] names) => _query.Where(pair => names.Contains(pair.Key) && pair.Value.Length > 0);

    public static string Address(string path, IEnumerable<(string Name, string? Value)> query)
    {
        var text = string.Join('&', query.Where(q => !string.IsNullOrEmpty(q.Value))
            .Select(q => $"{Uri.EscapeDataString(q.Name)}={Uri.EscapeDataString(q.Value!).Replace("%2C", ",", StringComparison.Ordinal)}"));
        return text.Length == 0 ? path : $"{path}?{text}";
    }

    static IEnumerable<string> Values(StringValues values) => values.OfType<string>();

    static Lang LangOf(HttpRequest request)
    {
        if (Lang(request.Query[LangName]) is { } asked) return asked;
        if (Lang(request.Cookies[LangName]) is { } kept) return kept;
        return Accepted(request.Headers.AcceptLanguage.ToString());

        static Lang? Lang(string? code) => code switch { "en" => Core.Kernel.Lang.En, "fr" => Core.Kernel.Lang.Fr, _ => null };
    }

    // The best weighted of the two languages that we speak; English where neither is asked for.
    static Lang Accepted(string header)
    {
        var best = (Weight: 0.0, Lang: Lang.En);
        foreach (var item in header.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = item.Split(';', StringSplitOptions.TrimEntries);
            Lang? lang = parts[0].StartsWith("fr", StringComparison.OrdinalIgnoreCase) ? Lang.Fr
                : parts[0].StartsWith("en", StringComparison.OrdinalIgnoreCase) ? Lang.En : null;
            var weight = 1.0;
            if (parts.FirstOrDefault(p => p.StartsWith("q=", StringComparison.Ordinal)) is { } q
                && !double.TryParse(q.AsSpan(2), NumberStyles.Float, CultureInfo.InvariantCulture, out weight)) weight = 0;
            if (lang is { } known && weight > best.Weight) best = (weight, known);
        }
        return best.Lang;
    }

    static string? ThemeOf(HttpRequest request) =>
        (request.Query[ThemeName].ToString() is { Length: > 0 } asked ? asked : request.Cookies[ThemeName]) is "light" or "dark"
            ? (request.Query[ThemeName].ToString() is { Length: > 0 } now ? now : request.Cookies[ThemeName])
            : null;
}
