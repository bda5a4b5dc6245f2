using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Entente.Core.Tests.Deadlines;

/// <summary>
/// A slow reader of iCalendar that forgives nothing: written from RFC 5545, sharing no line with the writer. Whatever is not as the RFC
/// says throws.
/// </summary>
sealed partial class StrictCalendar
{
    public sealed record Property(string Name, IReadOnlyDictionary<string, string> Parameters, string Value);

    public sealed record Component(string Name, List<Property> Properties, List<Component> Children)
    {
        public string this[string name] => Properties.Single(p => p.Name == name).Value;
        public string Text(string name) => Unescaped(this[name]);
    }

    // Table of section 3.6: how often each property may stand in each component that we write.
    static readonly Dictionary<string, (string[] Once, string[] AtMostOnce)> Rules = new()
    {
        ["VCALENDAR"] = (["PRODID", "VERSION"], ["CALSCALE", "METHOD", "REFRESH-INTERVAL", "X-WR-CALNAME"]),
        ["VEVENT"] = (["UID", "DTSTAMP", "DTSTART"], ["DTEND", "SUMMARY", "DESCRIPTION", "CATEGORIES", "TRANSP", "URL"]),
        ["VALARM"] = (["ACTION", "TRIGGER", "DESCRIPTION"], []),
    };

    public static Component Read(string text)
    {
        var open = new Stack<Component>();
        Component? whole = null;
        foreach (var line in Unfolded(text))
        {
            if (whole is not null) throw new FormatException($"after the end: {line}");
            var property = Parse(line);
            if (property.Name == "BEGIN") open.Push(new(property.Value, [], []));
            else if (property.Name == "END")
            {
                var closed = open.Pop();
                if (closed.Name != property.Value) throw new FormatException($"{closed.Name} ends as {property.Value}");
                Check(closed, open.Count > 0 ? open.Peek() : null);
                if (open.Count > 0) open.Peek().Children.Add(closed);
                else whole = closed;
            }
            else if (open.Count == 0) throw new FormatException($"outside a component: {line}");
            else if (open.Peek().Children.Count > 0) throw new FormatException($"a property after a component: {line}");
            else open.Peek().Properties.Add(property);
        }
        return whole ?? throw new FormatException("no VCALENDAR");
    }

    static List<string> Unfolded(string text)
    {
        if (!text.EndsWith("\r\n", StringComparison.Ordinal)) throw new FormatException("the last line is open");
        var lines = new List<string>();
        foreach (var physical in text[..^2].Split("\r\n"))
        {
            if (physical.Any(c => c is '\r' or '\n' || (char.IsControl(c) && c != '\t'))) throw new FormatException($"a control character: {physical}");
            if (Encoding.UTF8.GetByteCount(physical) > 75) throw new FormatException($"more than 75 octets: {physical}");
            if (physical.Any(char.IsSurrogate) && new UTF8Encoding(false, true).GetByteCount(physical) < 0) throw new FormatException("half a character");
            if (physical.StartsWith(' ')) lines[^1] += physical[1..];
            else if (physical.Length == 0) throw new FormatException("an empty line");
            else lines.Add(physical);
        }
        return lines;
    }

    static Property Parse(string line)
    {
        var match = ContentLine().Match(line);
        if (!match.Success) throw new FormatException($"not a content line: {line}");
        var parameters = match.Groups["p"].Captures.Select(c => c.Value[1..].Split('=', 2)).ToDictionary(p => p[0], p => p[1]);
        return new(match.Groups["name"].Value, parameters, match.Groups["value"].Value);
    }

    static void Check(Component component, Component? parent)
    {
        if (!Rules.TryGetValue(component.Name, out var rule)) throw new FormatException($"unknown component {component.Name}");
        if (parent?.Name != component.Name switch { "VCALENDAR" => null, "VEVENT" => "VCALENDAR", _ => "VEVENT" }) throw new FormatException($"{component.Name} in {parent?.Name}");
        foreach (var name in rule.Once.Where(n => component.Properties.Count(p => p.Name == n) != 1)) throw new FormatException($"{component.Name} needs one {name}");
        foreach (var same in component.Properties.GroupBy(p => p.Name))
            if (!rule.Once.Contains(same.Key) && !rule.AtMostOnce.Contains(same.Key) || same.Count() > 1) throw new FormatException($"{same.Key} in {component.Name}");
        foreach (var property in component.Properties) CheckValue(property);
        if (component.Name == "VEVENT" && string.CompareOrdinal(component["DTSTART"], component["DTEND"]) >= 0) throw new FormatException("it ends before it begins");
    }

    static void CheckValue(Property property)
    {
        var good = property.Name switch
        {
            "VERSION" => property.Value == "2.0",
            "CALSCALE" => property.Value == "GREGORIAN",
            "METHOD" => property.Value == "PUBLISH",
            "DTSTAMP" => DateTime.TryParseExact(property.Value, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            "DTSTART" or "DTEND" => property.Parameters.GetValueOrDefault("VALUE") == "DATE" && DateOnly.TryParseExact(property.Value, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            "TRIGGER" or "REFRESH-INTERVAL" => Duration().IsMatch(property.Value),
            "TRANSP" => property.Value is "OPAQUE" or "TRANSPARENT",
            "ACTION" => property.Value == "DISPLAY",
            "URL" => Uri.TryCreate(property.Value, UriKind.Absolute, out _),
            _ => Text().IsMatch(property.Value),
        };
        if (!good) throw new FormatException($"{property.Name} may not be {property.Value}");
    }

    static string Unescaped(string value) => Escape().Replace(value, m => m.Value[1] is 'n' or 'N' ? "\n" : m.Value[1..]);

    // contentline = name *(";" param) ":" value; no parameter of ours is quoted.
    [GeneratedRegex(@"\A(?<name>[A-Z0-9-]+)(?<p>;[A-Z0-9-]+=[^"";:,\x00-\x08\x0A-\x1F\x7F]+)*:(?<value>.*)\z", RegexOptions.Singleline)]
    private static partial Regex ContentLine();

    [GeneratedRegex(@"\A[+-]?P(\d+W|\d+D(T\d+[HMS])?|T\d+H(\d+M)?(\d+S)?)\z")]
    private static partial Regex Duration();

    // TEXT: no bare ; , or \ .
    [GeneratedRegex(@"\A([^\\;,\x00-\x08\x0A-\x1F\x7F]|\\[\\;,Nn])*\z")]
    private static partial Regex Text();

    [GeneratedRegex(@"\\[\\;,Nn]")]
    private static partial Regex Escape();
}
