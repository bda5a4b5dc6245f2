using System.Text.RegularExpressions;

namespace Entente.House.Tests;

/// <summary>What the strict content security policy and the look ask of pages, checked on their source.</summary>
public sealed partial class PageRules
{
    [Fact]
    public void Pages_carry_no_style_or_script_of_their_own() => Complaints.None(
        from page in Sources.Pages
        from Match match in Inline().Matches(page.Text)
        select $"{page.Path}: {match.Value.Trim()}");

    [Fact]
    public void Pages_hold_markup_and_little_code() => Complaints.None(
        from page in Sources.Pages
        let code = page.Text.IndexOf("@code", StringComparison.Ordinal)
        let lines = code < 0 ? 0 : page.Text[code..].Split('\n').Length
        where lines > 120
        select $"{page.Path}: {lines} lines of code; move them beside the page");

    [Fact]
    public void Scripts_and_styles_come_from_here() => Complaints.None(
        from asset in Sources.Texts("src/Web/wwwroot", "*.css").Concat(Sources.Texts("src/Web/wwwroot", "*.js"))
        from Match match in Elsewhere().Matches(asset.Text)
        select $"{asset.Path}: {match.Value}");

    // A handler in an attribute is on…= with a plain string; Blazor's own @on… does not exist in static pages.
    [GeneratedRegex("""<style\b[^>]*>|\sstyle\s*=\s*"|<script\b(?![^>]*\bsrc=)[^>]*>|\son[a-z]+\s*=\s*"|javascript:""", RegexOptions.IgnoreCase)]
    private static partial Regex Inline();

    [GeneratedRegex("""(@import|url\(|import\s+[^'"]*['"]|from\s+['"])\s*['"]?(https?:)?//[^'")\s]+""", RegexOptions.IgnoreCase)]
    private static partial Regex Elsewhere();
}
