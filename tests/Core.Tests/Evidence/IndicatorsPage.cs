using System.Text;
using Entente.Core.Evidence;

namespace Entente.Core.Tests.Evidence;

/// <summary>docs/domain/indicators.md, printed from the catalogue.</summary>
static class IndicatorsPage
{
    public static string Print()
    {
        var page = new StringBuilder(Head);
        foreach (var indicator in Indicators.All) Print(indicator, page);
        return page.Append(Tail).ToString().ReplaceLineEndings("\n");
    }

    static void Print(Indicator indicator, StringBuilder page)
    {
        page.Append($"\n## {indicator.Key}, version {indicator.Version}\n\n**{indicator.Name.En}** / **{indicator.Name.Fr}**\n\n");
        page.Append($"{indicator.Definition.En}\n\n*{indicator.Definition.Fr}*\n\n| | |\n|---|---|\n");
        foreach (var (name, value) in Facts(indicator)) page.Append($"| {name} | {value.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
    }

    static IEnumerable<(string, string)> Facts(Indicator indicator)
    {
        yield return ("family", indicator.Family.ToString().ToLowerInvariant());
        yield return ("meaning", indicator.Meaning.En);
        yield return ("sens", indicator.Meaning.Fr);
        yield return ("takes", $"`{indicator.Takes}`");
        yield return ("unit", indicator.Unit);
        if (indicator.Variant is { } variant) yield return ("variant", $"`{variant}`");
        yield return ("formula", indicator.Formula);
        yield return ("range", $"{indicator.Range.En} / {indicator.Range.Fr}");
        yield return ("null", $"{indicator.Nulls.En} / {indicator.Nulls.Fr}");
        yield return ("counting", string.Join(", ", indicator.Countings).ToLowerInvariant());
        yield return ("bounds", indicator.Bounds.En);
        yield return ("bornes", indicator.Bounds.Fr);
        foreach (var caveat in indicator.Caveats) yield return ("caveat", $"{caveat.En} / {caveat.Fr}");
        yield return ("sources", string.Join("; ", indicator.Sources.Select(s => s.Doi is null ? s.Address is { } address ? $"{s.Text}, <{address}>" : s.Text : $"{s.Text}, [doi:{s.Doi}](https://doi.org/{s.Doi})")));
        yield return ("test vector", indicator.TestVector.En);
        yield return ("example", $"`{indicator.Example}`");
    }

    const string Head = """
        # Indicators

        Printed from the catalogue in `src/Core/Evidence/Catalogue`; `ENTENTE_BLESS=1 dotnet test tests/Core.Tests --filter IndicatorsTests`
        prints it anew. A change of what is counted is a new version of the definition, never an edit.

        A figure is asked of one vintage, under one membership, for a window of years or without one:

        - **membership** says when an institution that a work lists stands for an organisation. `direct`: it is the organisation itself. `lineage` (the
          default): it is, or OpenAlex places it below the organisation. `perimeter`: it is a member of the organisation’s tree at a ROR release. A ROR id
          stands for the OpenAlex ids that carry it anywhere in the vintage and for those that the portfolio gives.
        - **filters**: retracted works are left out, then paratext; every type of work counts. Works without a year count only where no window is asked.
          On request `--topic`, `--subfield`, `--field`, `--domain` (OpenAlex numbers or names, of the primary topic; a topic lies where the newest record
          places it), `--type` (several with commas), `--goal` (as the source labels the work), `--funder` (whom `grants`, `awards` or `funders` names),
          `--open-access yes|no`, `--corpus core|expansion`, `--authors-max N` (a work whose list is cut has more, whatever N) and `--with-retracted`.
          Every condition holds at once, for what is counted, what is counted apart and what is hidden. Of figures about a topic, field or goal
          these five say what the figure is about, and the others which works it looks at.
        - **country** is the statistical country of the institution (`data/countries`), never of the author.
        - **distinct authors** of a pair: works with two different entries in the list of authors, one on each side; **structural share**: the part of
          the works where one person or one joint unit is on both sides, (value − distinct authors) / value.
        - **truncated**: flagged so by the source, or exactly 100 authors. What is visible counts; what may be hidden makes the bounds differ.

        ## The eight works of the test vectors

        Authors with their affiliations; CNRS and U1 are in France, ICL and IRL in the United Kingdom, UTK in Japan; IRL is a laboratory of CNRS and ICL.

            W1 a1:{CNRS} a2:{ICL}              W5 a1:{CNRS,ICL}
            W2 a1:{CNRS,U1} a2:{U1} a3:{ICL}   W6 a1:{IRL}
            W3 a1:{CNRS} a2:{UTK}              W7 a1:{U1} a2:{UTK}
            W4 a1:{ICL}                        W8 a1:{CNRS} a2:{ICL} a3:{UTK} a4:{UTK}

        """;

    const string Tail = """

        ## Weights of a fractional count

        Each work is divided into parts that sum to 1. A is the set of institutions that stand for the organisation.

        | counting | weight of work p for A |
        |---|---|
        | author | Σ over the authors of p who list an institution: 1 / (number of such authors) × (institutions of A that the author lists) / (institutions that the author lists) |
        | organisation | (institutions of A on p) / (institutions on p) |
        | country | (countries of the institutions of A on p) / (countries on p); 0 where no country is known |

        Over all institutions the weights of a work sum to 1 as soon as it lists one (for countries: as soon as it lists one of a known country). An author
        without a known institution has no part: that part goes to the others. Full and fractional counts never stand in one column.

        ## Bounds of shares

        A share is n / d: of the d works in D, the n works that also have a property (an institution of a second country, of the country CC, of B). Hidden
        authors only add institutions, so nothing that is seen goes away. Of the truncated works that pass the filters,

        - those in D with the property stay there;
        - u works in D without it may gain it: n grows by one, d does not;
        - a works outside D may come in. Where the property is seen already, or comes in with them, n and d grow by one;
        - b of these a works do not show the property yet, and may come in without it: only d grows.

        Each work turns out one way, independently of the others. The lowest share lets all b works come in without the property and nothing else happen:
        **n / (d + b)**; any other event raises it, since n ≤ d. The highest lets all u works gain the property and all a works come in with it:
        **(n + u + a) / (d + a)**; since n + u ≤ d, every such step raises the share. Both are reached, so they cannot be narrowed without knowing more.
        Where d is 0 the value is null; the bounds then speak of what may come in, or are null where nothing may.

        `excluded.truncated` is the number of works that may still change the share, u + a. For counts of works in full it is upper minus lower.

        ## Explained differences

        `entente explain KEY … --to-vintage V --to-release R --to-membership M` (page `/figures/KEY/explained`) walks from one question to another, one change
        at a time, and says what each moved:

        1. **definition**: the earlier vintage and release, by the later membership and filters;
        2. **registration**: the same, with the perimeters and places of the later release;
        3. **withdrawn**: works that the later vintage no longer holds;
        4. **added**: works that the earlier vintage did not hold;
        5. **reclassified**: works of both, which the source now describes otherwise.

        Each part is the figure after the step less the figure before it, so that the parts sum to the difference. After each step it is the figure of just the
        works that there are then, each as the vintage describes it that it is taken from: until the last step the works of both stand as the earlier one has
        them. So it is told of every figure. Of those that rest on the frame (expectations, specialisation, links, baselines of citations) the works of
        others move it too, and are among those that came in and left. A work of both that is cited more often, lies in another field or lists other partners
        moves a figure as reclassified without coming in or going. Joint projects move by projects instead of works; a vintage holds a
        project that somebody takes part in, or that its project table has a row of. Where a figure has no value after one of the steps its move has no parts, and is refused.

        ## Series that break

        `entente bridge KEY … --from-vintage V | --series old.csv` (page `/figures/KEY/bridged`) lays an old series, of another vintage or of a table of years and
        values, before the series of the question. The factor is the sum of the new series over that of the old one, over the years that both have; its
        interval is the lowest and the highest ratio of a single such year. Years that only the old series has are shown times the factor, with the
        interval; the first year of the new series carries the mark of the break in table and chart.

        ## Stability

        `--stability SEED` draws as many works as the frame holds, from the frame, with replacement, a thousand times (Efron 1979,
        [doi:10.1214/aos/1176344552](https://doi.org/10.1214/aos/1176344552)), and gives the middle 95 % of the figure’s values. Works that bring the same to the
        figure are alike, so that only their numbers are drawn. Of a mean of citations as many works are drawn as it is the mean of, from these, and the baselines stay.
        The seed stands in the receipt, and `verify` draws again. It is given for figures that follow from their own works alone, while these are of at most
        20,000 kinds.

        ## When a figure is exact

        `coverage` is null when the question lies inside what the vintage states that it covers, and `selection` when it reaches beyond; the figure then
        counts what was imported, and answers no claim about the whole.

        | the vintage covers | exact |
        |---|---|
        | everything (`--complete`) | every figure |
        | a selection (the default) | none |
        | works of A, pulled by lineage | figures of A (output, shares, partners, goals, growth) and pairs with A; of partner shares those where A stands first; no similarity, affinity, specialisation or impact, which need the works of others |
        | works of A with CC, pulled by lineage | the partner share of A and anyone with CC, since both parts list an institution of CC |
        | works of A and B, pulled by lineage | co-publications of A and B, in either order |

        A pull is for a window of years: a question for other years, or for all, reaches beyond it. A pull is by lineage, so figures by perimeter reach
        beyond it too: a perimeter may hold institutions that OpenAlex does not place under A.

        """;
}
