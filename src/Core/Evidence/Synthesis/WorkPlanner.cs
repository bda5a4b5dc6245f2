namespace Entente.Core.Evidence.Synthesis;

/// <summary>
/// Decides what each invented work is. A work depends on the seed and its number alone. Chances are per million and grow
/// with the square of time where cooperation does; docs/domain/synthetic.md gives the reasons and what comes out.
/// </summary>
sealed class WorkPlanner(SyntheticWorld world, ulong seed)
{
    const int AuthorLimit = 100;
    const int PhysicsField = 31;

    static readonly string[] Types = ["article", "preprint", "book-chapter", "review", "dissertation", "dataset", "editorial", "book", "letter"];
    static readonly Draw TypeDraw = new([700, 90, 80, 50, 30, 20, 12, 10, 8]);

    readonly List<(int First, int Second, int Third)> _groups = [];

    [Flags]
    enum Partners { None = 0, Cnrs = 1, Imperial = 2, UTokyo = 4 }

    public void Plan(long number, SyntheticWork work)
    {
        var prng = new Prng(seed, (ulong)number);
        work.Clear();
        _groups.Clear();
        work.Number = number;
        work.Year = SyntheticWorld.FirstYear + world.Years.From(ref prng);
        var squared = Squared(work.Year);
        var partners = WhichPartners(ref prng, squared);
        Describe(work, partners, ref prng);
        var pair = (partners & (partners - 1)) != 0;
        if (prng.Chance(pair ? 30_000 : 1_200)) Crowd(work, partners, ref prng);
        else if (pair && prng.Chance(40_000 + 170_000 * squared / 1000)) Structural(work, partners, ref prng);
        else Ordinary(work, partners, squared, ref prng);
    }

    /// <summary>The square of the time gone by, in thousandths: 0 in the first year, 1000 in the last.</summary>
    static int Squared(int year)
    {
        var t = (year - SyntheticWorld.FirstYear) * 1000 / (SyntheticWorld.LastYear - SyntheticWorld.FirstYear);
        return t * t / 1000;
    }

    static Partners WhichPartners(ref Prng prng, int squared)
    {
        var at = prng.Below(1_000_000);
        ReadOnlySpan<(Partners Who, int Chance)> chances =
        [
            (Partners.Cnrs | Partners.Imperial, 5_000 + 38 * squared),
            (Partners.Cnrs | Partners.UTokyo, 2_000 + 20 * squared),
            (Partners.Imperial | Partners.UTokyo, 800 + 5 * squared),
            (Partners.Cnrs | Partners.Imperial | Partners.UTokyo, 200 + 2 * squared),
            (Partners.Cnrs, 75_000),
            (Partners.Imperial, 40_000),
            (Partners.UTokyo, 45_000),
        ];
        foreach (var (who, chance) in chances)
            if ((at -= chance) < 0) return who;
        return Partners.None;
    }

    void Describe(SyntheticWork work, Partners partners, ref Prng prng)
    {
        work.Field = prng.Chance(120_000) ? -1 : (partners == Partners.None ? world.Fields : world.PairFields).From(ref prng);
        work.Topic = work.Field < 0 ? 0 : world.FirstTopic[work.Field] + world.Topics[work.Field].From(ref prng);
        work.Type = Types[TypeDraw.From(ref prng)];
        work.Day = prng.Below(365);
        work.Retracted = prng.Chance(2_000);
        work.Paratext = prng.Chance(4_000);
        work.OpenAccess = prng.Chance(250_000 + 12_000 * (work.Year - SyntheticWorld.FirstYear));
        work.WithoutLineage = prng.Chance(30_000);
        var score = prng.Normal() + (partners == Partners.None ? 0 : 0.3);
        work.Impact = prng.Chance(80_000) ? null : score;
        var age = Math.Min(12, SyntheticWorld.LastYear + 1 - work.Year);
        work.Citations = (int)Math.Min(20_000, Math.Floor(Math.Exp(1.1 * score - 0.6) * age * 1.6));
        work.Goal = prng.Chance(250_000) ? 1 + prng.Below(17) : 0;
    }

    void Ordinary(SyntheticWork work, Partners partners, int squared, ref Prng prng)
    {
        AddPartners(partners, ref prng);
        var country = partners == Partners.None ? AddAnywhere(ref prng) : world[_groups[0].First].Country;
        var more = prng.Run(300_000 + 200 * squared, 8);
        for (var i = 0; i < more; i++)
            if (prng.Chance(600_000 - 200 * squared)) AddInCountry(country, ref prng);
            else AddAnywhere(ref prng);
        Shuffle(ref prng);
        foreach (var group in _groups) AddAuthors(work, group, 1 + prng.Run(420_000 + 130 * squared, 7), ref prng);
    }

    /// <summary>Both partners on one author: of a joint laboratory, or with two affiliations. Nobody else of either side.</summary>
    void Structural(SyntheticWork work, Partners partners, ref Prng prng)
    {
        var tokyo = (partners & Partners.Imperial) == 0;
        var first = (partners & Partners.Cnrs) != 0 ? world.Cnrs : world.Imperial;
        var second = tokyo || first == world.Imperial ? world.UTokyo : world.Imperial;
        var lab = tokyo ? world.TokyoLab : world.MoivreLab;
        if (first == world.Cnrs && work.Year >= lab.Since && prng.Chance(700_000)) _groups.Add((lab.Number, prng.Chance(300_000) ? second : -1, -1));
        else _groups.Add((first, second, -1));
        AddAuthors(work, _groups[0], 1, ref prng, alone: true);
        _groups.Clear();
        for (var i = prng.Run(450_000, 4); i > 0; i--) AddAnywhere(ref prng);
        foreach (var group in _groups) AddAuthors(work, group, 1 + prng.Run(400_000, 4), ref prng, alone: true);
    }

    /// <summary>Big science: more authors than a record lists, so that some partners may stand beyond the cut.</summary>
    void Crowd(SyntheticWork work, Partners partners, ref Prng prng)
    {
        (work.Truncated, work.SaysTruncated) = (true, prng.Chance(700_000));
        if (prng.Chance(700_000))
        {
            work.Field = world.Data.Fields.TakeWhile(field => field.Id != PhysicsField).Count();
            work.Topic = world.FirstTopic[work.Field] + world.Topics[work.Field].From(ref prng);
        }
        AddPartners(partners, ref prng);
        while (_groups.Count < 30) AddAnywhere(ref prng);
        Shuffle(ref prng);
        while (work.AuthorEnds.Count < AuthorLimit)
            AddAuthors(work, _groups[prng.Below(_groups.Count)], Math.Min(1 + prng.Run(600_000, 6), AuthorLimit - work.AuthorEnds.Count), ref prng);
    }

    void AddPartners(Partners partners, ref Prng prng)
    {
        if ((partners & Partners.Cnrs) != 0) AddCnrs(ref prng);
        if ((partners & Partners.Imperial) != 0) AddPartner(world.Imperial, world.ImperialInstitutes, ref prng);
        if ((partners & Partners.UTokyo) != 0) AddPartner(world.UTokyo, world.UTokyoInstitutes, ref prng);
    }

    /// <summary>People of CNRS sign as CNRS with a university, as a laboratory with both, or as a laboratory without CNRS by name.</summary>
    void AddCnrs(ref Prng prng)
    {
        var at = prng.Below(100);
        if (world.LabOf("FR", ref prng) is not { } lab || at < 40) _groups.Add((world.Cnrs, world.AnyInCountry("FR", ref prng), -1));
        else if (at < 78) _groups.Add((lab.Lab, world.Cnrs, lab.Parent));
        else _groups.Add((lab.Lab, lab.Parent, -1));
    }

    void AddPartner(int partner, int[] institutes, ref Prng prng)
    {
        if (prng.Chance(900_000)) _groups.Add((partner, -1, -1));
        else _groups.Add((institutes[prng.Below(institutes.Length)], -1, -1));
    }

    string AddAnywhere(ref Prng prng)
    {
        var number = world.Everywhere.From(ref prng);
        var country = world[number].Country;
        AddOrLab(number, country, ref prng);
        return country;
    }

    void AddInCountry(string country, ref Prng prng) => AddOrLab(world.InCountry(country, ref prng), country, ref prng);

    // French laboratories belong to CNRS, which is drawn on its own; those of other countries are drawn here.
    void AddOrLab(int number, string country, ref Prng prng)
    {
        if (country != "FR" && prng.Chance(80_000) && world.LabOf(country, ref prng) is { } lab)
            _groups.Add((lab.Lab, prng.Chance(500_000) ? lab.Parent : -1, -1));
        else _groups.Add((number, -1, -1));
    }

    void Shuffle(ref Prng prng)
    {
        for (var i = _groups.Count - 1; i > 0; i--)
        {
            var j = prng.Below(i + 1);
            (_groups[i], _groups[j]) = (_groups[j], _groups[i]);
        }
    }

    /// <summary>
    /// Authors are people of the group's first organisation: the same person has the same second affiliation in every work.
    /// </summary>
    /// <param name="alone">only what the group lists: no author without affiliation, no second one</param>
    void AddAuthors(SyntheticWork work, (int First, int Second, int Third) group, int count, ref Prng prng, bool alone = false)
    {
        for (var i = 0; i < count; i++)
        {
            // The lower of two draws: a few people of each organisation write most.
            var person = (long)group.First * 1000 + Math.Min(prng.Below(1000), prng.Below(1000));
            work.Authors.Add(person);
            if (alone || !prng.Chance(40_000))
            {
                work.Organisations.Add(group.First);
                if (group.Second >= 0) work.Organisations.Add(group.Second);
                if (group.Third >= 0) work.Organisations.Add(group.Third);
                if (!alone && SecondHome(person) is { } home && home != group.First) work.Organisations.Add(home);
            }
            work.AuthorEnds.Add(work.Organisations.Count);
        }
    }

    int? SecondHome(long person)
    {
        var prng = new Prng(seed, (ulong)person | 1UL << 63);
        return prng.Chance(60_000) ? world.Everywhere.From(ref prng) : null;
    }
}
