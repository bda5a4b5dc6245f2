using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace Entente.Web.Tests.Pages;

/// <summary>What may be wrong with any page, whoever reads it.</summary>
static partial class PageFaults
{
    static readonly Dictionary<string, HashSet<string>> Foreign = new()
    {
        ["fr"] = [.. "the|of|and|with|is|are|by|from|not|this|that|for|which|in|it|has|have|no|at|as|to".Split('|')],
        ["en"] = [.. "le|la|les|des|une|est|du|dans|pour|avec|sont|par|cette|ce|qui|que|au|aux|et|ne|pas".Split('|')],
    };

    /// <summary>Texts of the page with two words or more that belong to the other language.</summary>
    public static IEnumerable<string> ForeignWords(Visited page, string lang) =>
        from text in OwnTexts(page.Document, lang)
        let found = Word().Matches(text).Select(m => m.Value.ToLowerInvariant()).Where(Foreign[lang].Contains).Distinct().ToList()
        where found.Count >= 2
        select $"{page.Kind}: {text.Trim()} ({string.Join(", ", found)})";

    public static IEnumerable<string> Of(Visited page, string lang)
    {
        var document = page.Document;
        if (document.DocumentElement.GetAttribute("lang") != lang) yield return $"lang is {document.DocumentElement.GetAttribute("lang")}";
        if (!page.Body.StartsWith("<!doctype html>", StringComparison.OrdinalIgnoreCase)) yield return "does not begin with a doctype";
        if (document.QuerySelectorAll("h1").Length != 1) yield return $"has {document.QuerySelectorAll("h1").Length} h1";
        if (document.QuerySelectorAll("style, [style]").Any(e => e.NamespaceUri != "http://www.w3.org/2000/svg")) yield return "has inline style";
        if (document.QuerySelectorAll("script").Any(s => !s.HasAttribute("src"))) yield return "has an inline script";
        if (document.All.SelectMany(e => e.Attributes).Any(a => a.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase))) yield return "has a handler in an attribute";
        if (document.QuerySelectorAll("a[href='#'], a[href=''], a:not([href])").Length > 0) yield return "has a link that leads nowhere";
        foreach (var id in document.QuerySelectorAll("[id]").GroupBy(e => e.Id).Where(same => same.Count() > 1)) yield return $"has {id.Key} twice";
        foreach (var table in document.QuerySelectorAll("table"))
        {
            if (table.QuerySelector("caption") is null) yield return "has a table without a caption";
            if (table.QuerySelectorAll("th:not([scope])").Length > 0) yield return "has a header without scope";
        }
        foreach (var cell in document.QuerySelectorAll("td").Where(c => c.TextContent.Trim() is "N/A" or "null" or "NaN")) yield return $"has a cell {cell.TextContent}";
    }

    // Texts in the page's own language: not quotations, names, code, what stands in a form, or what is marked as another language.
    static IEnumerable<string> OwnTexts(IDocument document, string lang) => document.Body!
        .Descendants<IText>()
        .Where(text => !Ancestors(text).Any(e => (e.GetAttribute("lang") is { } other && other != lang) || e.GetAttribute("translate") == "no"
            || e.LocalName is "code" or "pre" or "script" or "option" or "textarea"))
        .Select(text => text.Data);

    static IEnumerable<IElement> Ancestors(INode node)
    {
        for (var parent = node.ParentElement; parent is not null && parent.LocalName != "body"; parent = parent.ParentElement) yield return parent;
    }

    // An option of the command line, such as --as-of, is the same in both languages.
    [GeneratedRegex(@"(?<!--[\p{L}-]*)\p{L}+")]
    private static partial Regex Word();
}
