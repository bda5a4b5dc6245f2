using System.Globalization;
using Entente.Core.Evidence;
using Entente.Core.Kernel;

namespace Entente.Cli;

/// <summary>A figure as a person reads it in a terminal: what, how much, how sure, of what, from what.</summary>
sealed class FigurePage(Session session, Question question)
{
    readonly List<(string Name, string Value)> _rows = [];

    public void Write(FigureAnswer answer)
    {
        session.Line(Title(answer));
        session.Line("");
        if (answer.Synthetic) Row(new("invented", "inventé"), new Said("this vintage is synthetic: the figure says nothing about the world", "ce millésime est synthétique\u202F: le chiffre ne dit rien du monde"));
        Row(new("value", "valeur"), $"{Number(answer.Value, answer.Unit)} {Unit(answer)}".TrimEnd());
        Row(new("bounds", "bornes"), Bounds(answer));
        if (answer.Stability is { } stable)
            Row(new("stability", "stabilité"), new Said($"{Number(stable.Lower, answer.Unit)} – {Number(stable.Upper, answer.Unit)}  (95% of {stable.Draws} draws, seed {stable.Seed})",
                $"{Number(stable.Lower, answer.Unit)} – {Number(stable.Upper, answer.Unit)}  (95 % de {stable.Draws} tirages, graine {stable.Seed})"));
        if (answer.Variant is { } variant) Row(new("variant", "variante"), variant);
        Parts(answer);
        foreach (var detail in answer.Details ?? []) Row(detail.Label, Number(detail.Value, detail.Unit));
        if (answer.Excluded is { Retracted: > 0 } or { Paratext: > 0 })
            Row(new("left out", "écarté"), new Said($"{session.Number(answer.Excluded.Retracted)} retracted, {session.Number(answer.Excluded.Paratext)} paratext",
                $"{session.Number(answer.Excluded.Retracted)} rétractées, {session.Number(answer.Excluded.Paratext)} paratexte"));
        Row(new("vintage", "millésime"), answer.Vintage);
        if (answer.Places is { } release) Row(new("places", "lieux"), $"ROR {release}");
        if (answer.CoverageReason is { } reason) Row(new("coverage", "couverture"), reason);
        if (answer.Receipt is { Id: { } id }) Row(new("receipt", "reçu"), id[..16]);
        var width = _rows.Max(row => row.Name.Length);
        foreach (var (name, value) in _rows) session.Line($"  {name.PadRight(width)}  {value}");
        Series(answer);
        Partners(answer);
        if (answer.Table is { } parts)
        {
            session.Line("");
            session.Table([new("part", "partie"), .. parts.Columns.Select(c => c.Label)],
                parts.Rows.Select(row => (string[])[session.Say(row.Label), .. row.Values.Select((value, i) => Number(value, parts.Columns[i].Unit))]));
        }
        Caveats(answer);
    }

    void Caveats(FigureAnswer answer)
    {
        foreach (var caveat in Indicators.Find(answer.Figure).Value.Caveats)
        {
            session.Line("");
            session.Line(caveat);
        }
    }

    /// <summary>What was asked, in one line.</summary>
    public string Title(FigureAnswer answer)
    {
        var indicator = Indicators.All.First(i => i.Key == answer.Figure);
        var parts = new List<string> { session.Say(indicator.Name), string.Join(" – ", answer.Organisations.Select(o => o.Name)) };
        if (question.With is { } country) parts.Add(session.Say(Countries.Said(country.ToUpperInvariant())));
        if (question.Years is { } years) parts.Add(years.ToString());
        if (answer.Unit != "projects") parts.Add(session.Say(ByMembership(question.Membership)));
        if ((question.Kilometres ?? indicator.Kilometres) is { } kilometres) parts.Add($"≥ {session.Number(kilometres)} km");
        if (question.Counting != Counting.Full) parts.Add(session.Say(ByCounting(question.Counting)));
        parts.AddRange(question.Filters.Words().Select(word => $"{word.Name} {word.Value}"));
        return string.Join(" · ", parts);
    }

    public static Said ByMembership(Membership membership) => membership switch
    {
        Membership.Direct => new("direct", "direct"),
        Membership.Lineage => new("by lineage", "par lignée"),
        Membership.Perimeter => new("by perimeter", "par périmètre"),
    };

    static Said ByCounting(Counting counting) => counting switch
    {
        Counting.Full => new("in full", "plein"),
        Counting.Author => new("in fractions by author", "fractionnaire par auteur"),
        Counting.Organisation => new("in fractions by organisation", "fractionnaire par organisation"),
        Counting.Country => new("in fractions by country", "fractionnaire par pays"),
    };

    // English counts one thing alone in the singular; French everything below two.
    string Unit(FigureAnswer answer)
    {
        var (oneEn, oneFr) = (answer.Value is 1, answer.Value is < 2);
        return session.Say(answer.Unit switch
        {
            "works" => new(oneEn ? "work" : "works", oneFr ? "publication" : "publications"),
            "partners" => new(oneEn ? "partner" : "partners", oneFr ? "partenaire" : "partenaires"),
            "projects" => new(oneEn ? "project" : "projects", oneFr ? "projet" : "projets"),
            "kilometres" => Said.Same("km"),
            _ => Said.Same(""),
        });
    }

    string Bounds(FigureAnswer answer)
    {
        var (lower, upper) = (Number(answer.Bounds.Lower, answer.Unit), Number(answer.Bounds.Upper, answer.Unit));
        if (answer.Excluded.Truncated + answer.Untold + answer.Unplaced == 0) return session.Say(new($"{lower} (nothing is hidden)", $"{lower} (rien n’est caché)"));
        var (hidden, untold) = (session.Number(answer.Excluded.Truncated), session.Number(answer.Untold));
        var why = answer.Unit == "projects" ? new Said($"{hidden} projects without a known start", $"{hidden} projets sans début connu")
            : answer.Unplaced > 0 ? new Said($"truncated author lists: {hidden}, works with an unknown place: {session.Number(answer.Unplaced)}",
                $"listes d’auteurs tronquées\u202F: {hidden}, publications dont un lieu est inconnu\u202F: {session.Number(answer.Unplaced)}")
            : answer.Untold == 0 ? new Said($"{hidden} works with a truncated author list", $"{hidden} publications à liste d’auteurs tronquée")
            : new Said($"truncated author lists: {hidden}, works with an institution of untold type: {untold}", $"listes d’auteurs tronquées\u202F: {hidden}, publications avec un établissement de type inconnu\u202F: {untold}");
        if (answer.Bounds is { Lower: null, Upper: null }) return session.Say(new Said($"unknown  ({why.En})", $"inconnues  ({why.Fr})"));
        return $"{lower} – {(answer.Bounds.Upper is null ? "∞" : upper)}  ({session.Say(why)})";
    }

    void Parts(FigureAnswer answer)
    {
        var parts = answer.Breakdown;
        if (parts.All is not null)
        {
            Row(new("without partner roles", "hors rôles de partenaire"), Number(parts.WithoutPartnerRoles, answer.Unit));
            Row(new("by role", "par rôle"), Counts(parts.ByRole));
            Row(new("by programme", "par programme"), Counts(parts.ByProgramme));
            if (parts.ByScience is { } sciences) Row(new("by field of science", "par domaine scientifique"), Counts(sciences));
            return;
        }
        if (parts.Numerator is not null) Row(new("made of", "composé de"), $"{session.Number(parts.Numerator.Value)} / {session.Number(parts.Denominator!.Value)}");
        Row(new("direct", "direct"), Number(parts.Direct, answer.Unit));
        Row(new("lineage", "lignée"), Number(parts.Lineage, answer.Unit));
        Row(new("perimeter", "périmètre"), parts.PerimeterReason is { } reason ? $"– ({session.Say(reason)})" : Number(parts.Perimeter, answer.Unit));
        if (parts.DistinctAuthors is not { } distinct) return;
        Row(new("distinct authors", "auteurs distincts"), session.Number(distinct));
        Row(new("structural share", "part structurelle"), Number(parts.StructuralShare, "share"));
    }

    static string Counts(IReadOnlyDictionary<string, long>? counts) => string.Join(", ", (counts ?? new Dictionary<string, long>()).Select(c => $"{c.Key} {c.Value}"));

    void Series(FigureAnswer answer)
    {
        if (answer.Series.Count == 0) return;
        session.Line("");
        var top = answer.Series.Max(y => y.Value ?? 0);
        var values = answer.Series.Select(y => Number(y.Value, answer.Unit)).ToList();
        var width = values.Max(v => v.Length);
        foreach (var (year, value) in answer.Series.Zip(values))
            session.Line($"  {year.Year}  {value.PadLeft(width)}  {Bar(year.Value, top)}".TrimEnd());
    }

    static string Bar(double? value, double top) => value is not > 0 || top <= 0 ? "" : new string('▇', Math.Max(1, (int)Math.Round(value.Value / top * 40)));

    void Partners(FigureAnswer answer)
    {
        if (answer.Rows is not { Count: > 0 } rows) return;
        session.Line("");
        session.Table([new("id", "id"), new("works", "publications"), new("at most", "au plus"), new("country", "pays"), new("name", "nom")],
            rows.Take(40).Select(row => (string[])[row.Id, session.Number(row.Value), session.Number(row.Bounds.Upper!.Value), row.Country ?? "", row.Name ?? ""]));
        if (rows.Count > 40) session.Line(new Said($"… and {session.Number(rows.Count - 40)} more: see --json", $"… et {session.Number(rows.Count - 40)} autres\u202F: voir --json"));
    }

    void Row(Said name, string value) => _rows.Add((session.Say(name), value));

    void Row(Said name, Said value) => Row(name, session.Say(value));

    /// <summary>How far a number moved, with its sign: a share in points, since a per cent of it would be another number.</summary>
    public string Change(double? value, string unit) => value switch
    {
        null or 0 => Number(value, "works"),
        { } moved when unit == "share" => $"{Sign(moved)}{session.Number(moved * 100, 3)}",
        { } moved => $"{Sign(moved)}{Number(moved, unit)}",
    };

    static string Sign(double moved) => moved > 0 ? "+" : "";

    public string Number(double? value, string unit) => value is not { } number ? "–" : unit switch
    {
        "share" => Percent(number),
        "index" or "citations" or "probability" => session.Number(number, Math.Abs(number) < 0.001 ? 12 : 6),
        "kilometres" => session.Number(number, 3),
        _ => session.Number(number),
    };

    string Percent(double share)
    {
        var text = (share * 100).ToString("0.0##", CultureInfo.InvariantCulture);
        return session.Say(new(text + "%", text.Replace('.', ',') + "\u202F%"));
    }
}

/// <summary>What verifying found, one check a line.</summary>
static class VerificationPage
{
    public static void Write(Session session, Verification verification)
    {
        Write(session, verification.Checks);
        if (verification.Verdict == Recomputation.Verified)
            session.Line(new Said("Verified: value, bounds and digest recompute.", "Vérifié\u202F: valeur, bornes et empreinte se recalculent."));
    }

    public static void Write(Session session, IEnumerable<Check> checks)
    {
        foreach (var check in checks)
            session.Line($"  {session.Say(Mark(check.State)),-8}  {session.Say(check.Says)}");
    }

    static Said Mark(CheckState state) => state switch
    {
        CheckState.Pass => new("ok", "bon"),
        CheckState.Fail => new("fails", "échoue"),
        CheckState.Gone => new("gone", "absent"),
    };
}
