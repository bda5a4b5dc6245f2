namespace Entente.Core.Evidence.Measures;

/// <summary>
/// Against works of the same field, type and year that are made by as many: one institution, several of one country at most, two countries,
/// three, four or more. Works of many countries are cited more whoever makes them; here they are held against each other.
/// </summary>
sealed class CollaborationImpact(Scene scene) : ImpactMeasure<CollaborationMean>(scene)
{
    const int Four = 4;

    readonly Dictionary<SetOfWorks, SetOfWorks[]> _parts = [];

    /// <summary>The same figure of the works of each type, held against the frame's works of that type.</summary>
    IReadOnlyList<NormalisedCitations> Types => field ??= [.. Scene.Holding.Keep((Frame, "collaboration"), Divided).Select(frame => new NormalisedCitations(Scene with { Frame = frame }))];

    Frame[] Divided() => [.. Enumerable.Range(0, Four + 1).Select(type => Frame.Among(OfType(type)))];

    /// <summary>0 is of one institution at most; else the number of countries, four for more.</summary>
    SetOfWorks OfType(int type)
    {
        var (holding, all) = (Scene.Holding, Frame.Passing);
        if (type == 0) return all.Except(holding.Collaborative);
        var several = all.And(holding.Collaborative);
        if (type > 1) several = several.And(holding.OfCountries(type));
        return type == Four ? several : several.Except(holding.OfCountries(type + 1));
    }

    public override IReadOnlyList<SetOfWorks> MadeOf => [Counted, Frame.Passing];

    protected override Impact<CollaborationMean>? Of(SetOfWorks works, int? year = null) => Mean((type, i) => type.Total(Parts(works)[i], year));

    /// <summary>The works of each type among these; every year of a series asks for the same.</summary>
    SetOfWorks[] Parts(SetOfWorks works)
    {
        if (!_parts.TryGetValue(works, out var parts)) _parts.Add(works, parts = [.. Types.Select(type => type.Frame.Passing.And(works))]);
        return parts;
    }

    public override double? Together(Measure other) => Mean((type, i) => type.TotalWith(((CollaborationImpact)other).Types[i]))?.Value;

    Impact<CollaborationMean>? Mean(Func<NormalisedCitations, int, Total> total) => Types.Select(total).Aggregate((sum, more) => sum.Plus(more)).Mean<CollaborationMean>();

    internal override IEnumerable<(double[], long)> Amounts() => Types.SelectMany(type => type.Amounts());

    internal override double Amount(Stratum stratum, int citations) => throw new NotSupportedException("It depends on who made the work.");

    internal override string Line(CitedWork work) => throw new NotSupportedException("It depends on who made the work.");

    public override string Digest()
    {
        using var hash = new DigestText();
        var lines = Types.SelectMany(type => type.Cited(type.Counted).InOrder().Select(work => (work.Name, Line: type.Line(work))));
        foreach (var (name, line) in lines.OrderBy(line => line.Name, StringComparer.Ordinal)) hash.Line($"{name}\t{line}");
        return hash.Finish();
    }
}
