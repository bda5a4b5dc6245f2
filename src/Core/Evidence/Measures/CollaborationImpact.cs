namespace Entente.Core.Evidence.Measures;

/// <summary>
/// Against works of the same field, type and year that are made by as many: one institution, several of one country at most, two countries,
/// three, four or more. Works of many countries are cited more whoever makes them; here they are held against each other.
/// </summary>
sealed class CollaborationImpact(Scene scene) : ImpactMeasure<CollaborationMean>(scene)
{
    const int Four = 4;

    /// <summary>The same figure of the works of each type, held against the frame's works of that type.</summary>
    IReadOnlyList<NormalisedCitations> Types => field ??= [.. Scene.Holding.Keep((Frame, "collaboration"), Divided)
        .Select((frame, type) => new NormalisedCitations(Scene with { Frame = frame }, (Frame.Key, "citations", type)))];

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

    protected override Impact<CollaborationMean>? Of(Whose whose, int? year = null) =>
        Kept(whose, works => Types.Select(type => type.Totals(type.Frame.Passing.And(works))).Aggregate((all, more) => all.Plus(more)))[year].Mean<CollaborationMean>();

    public override double? Together(Measure other) => Types.Zip(((CollaborationImpact)other).Types, (type, same) => type.TotalWith(same))
        .Aggregate((sum, more) => sum.Plus(more)).Mean<CollaborationMean>()?.Value;

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
