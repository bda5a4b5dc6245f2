using System.Text.RegularExpressions;
using Entente.Tests;

namespace Entente.Web.Tests.Shell;

/// <summary>Texts are said in both languages, side by side; a pair that says the same twice was forgotten.</summary>
public sealed partial class WordsTests
{
    // Words that are written alike in both languages.
    static readonly HashSet<string> Alike = new(StringComparer.OrdinalIgnoreCase)
    {
        "Code", "Code:", "document", "euros", "participant", "parent", "dates", "Sources", "Source", "Page", "Notes", "Note", "Citations", "Type", "Types", "Instruments", "Instrument", "Structure",
        "Structures", "Programme", "Programmes", "Date", "Dates", "Direct", "Institution", "Institutions", "Organisation", "Organisations",
        "Total", "Participants", "Documents", "Figure", "Version", "Public", "Membership", "Sites", "Format", "Question", "Digest", "SQL", "DOI", "OpenAlex", "API", "CSV", "JSON",
        "Agenda", "Audience", "Budget", "Cause", "Corpus", "infrastructure", "Centre", "Citation", "Contradictions", "Description", "Import", "Installation", "Invitation", "Journal", "Label", "Labels", "p. 4",
        "Parties", "Protection", "Signature", "Signatures", "Site", "Succession", "Suspension", "Suspensions", "Table", "Tables", ", version",
        // Units as a claim writes them, in either language.
        "publications, projects, persons, students, structures, share, EUR",
    };

    [Fact]
    public void No_text_is_the_same_in_both_languages_by_oversight() => Complaints.AssertNone(
        from path in Directory.EnumerateFiles(Path.Combine(Conditions.Root, "src", "Web"), "*.*", SearchOption.AllDirectories)
        where path.EndsWith(".razor", StringComparison.Ordinal) || path.EndsWith(".cs", StringComparison.Ordinal)
        where !path.Contains("/obj/", StringComparison.Ordinal)
        from pair in Pair().Matches(File.ReadAllText(path))
        let en = Hole().Replace(pair.Groups["en"].Value, "").Trim()
        where pair.Groups["en"].Value == pair.Groups["fr"].Value && en.Any(char.IsLetter) && !Alike.Contains(en)
        select $"{Path.GetFileName(path)}: {en}");

    [Fact]
    public void French_is_set_as_French_is_set() => Complaints.AssertNone(
        from path in Directory.EnumerateFiles(Path.Combine(Conditions.Root, "src", "Web"), "*.*", SearchOption.AllDirectories)
        where path.EndsWith(".razor", StringComparison.Ordinal) || path.EndsWith(".cs", StringComparison.Ordinal)
        from pair in Pair().Matches(File.ReadAllText(path))
        let fr = pair.Groups["fr"].Value
        where fr.Contains('\'', StringComparison.Ordinal) || fr.Contains('“', StringComparison.Ordinal)
        select $"{Path.GetFileName(path)}: {fr}");

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Hole();

    [GeneratedRegex("""(?:Say|Said|new)\(\s*\$?"(?<en>(?:[^"\\]|\\.)*)",\s*\$?"(?<fr>(?:[^"\\]|\\.)*)"\s*\)""")]
    private static partial Regex Pair();
}
