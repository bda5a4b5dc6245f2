namespace Entente.Core.Evidence.Synthesis;

/// <summary>
/// The organisations, topics and years that works are drawn from. Depends on the seed and the number of works only, and never
/// changes once made, so that any thread may draw from it. docs/domain/synthetic.md states the model.
/// </summary>
sealed class SyntheticWorld
{
    public const int FirstYear = 1990, LastYear = 2025;
    const long FirstInventedId = 9_900_000_100;

    readonly List<SyntheticOrganisation> _organisations = [];
    readonly Dictionary<string, Draw> _ofCountry = [];
    readonly Dictionary<string, int[]> _numbersOfCountry = [];
    readonly Dictionary<string, List<(int Lab, int Parent)>> _labs = [];

    public SyntheticWorld(ulong seed, long works)
    {
        Data = SyntheticData.Load();
        var prng = new Prng(seed, ulong.MaxValue);
        Ordinary = (int)Math.Clamp(works / 10, 400, 30_000);
        AddOrdinary(ref prng);
        AddReal();
        for (var i = 0; i < Math.Max(12, Ordinary / 40); i++) AddLab(ref prng, "FR", Cnrs);
        for (var i = 0; i < Ordinary / 50; i++) AddLab(ref prng, _organisations[Everywhere.From(ref prng)].Country, null);
        ImperialInstitutes = AddInstitutes(Imperial);
        UTokyoInstitutes = AddInstitutes(UTokyo);
        Fields = new Draw(Data.Fields.Select(field => field.Weight));
        PairFields = new Draw(Data.Fields.Select(field => field.PairWeight));
        Topics = [.. Data.Fields.Select(field => new Draw(Draw.Ranks(field.Topics, 4, 0.8)))];
        FirstTopic = [.. Data.Fields.Select((_, i) => 10_000 + Data.Fields.Take(i).Sum(field => field.Topics))];
        Years = new Draw(Enumerable.Range(FirstYear, LastYear - FirstYear + 1).Select(YearWeight));
    }

    public SyntheticData Data { get; }

    /// <summary>How many organisations are neither partners nor laboratories.</summary>
    public int Ordinary { get; }

    public int Cnrs { get; private set; }
    public int Imperial { get; private set; }
    public int UTokyo { get; private set; }
    public int[] ImperialInstitutes { get; }
    public int[] UTokyoInstitutes { get; }

    /// <summary>Joint laboratories of CNRS with Imperial and with UTokyo, and the year from which works list them.</summary>
    public (int Number, int Since) MoivreLab { get; private set; }
    public (int Number, int Since) TokyoLab { get; private set; }

    /// <summary>Ordinary organisations, by the power law of their size.</summary>
    public Draw Everywhere { get; private set; } = new([1]);
    public Draw Fields { get; }
    public Draw PairFields { get; }
    public Draw[] Topics { get; }
    public int[] FirstTopic { get; }
    public Draw Years { get; }

    public SyntheticOrganisation this[int number] => _organisations[number];

    /// <summary>An ordinary organisation of a country.</summary>
    public int InCountry(string country, ref Prng prng) => _numbersOfCountry[country][_ofCountry[country].From(ref prng)];

    /// <summary>An ordinary organisation of a country, each as likely as the next.</summary>
    public int AnyInCountry(string country, ref Prng prng) => _numbersOfCountry[country][prng.Below(_numbersOfCountry[country].Length)];

    /// <summary>A laboratory of a country and the university that shares it; null where there is none.</summary>
    public (int Lab, int Parent)? LabOf(string country, ref Prng prng) =>
        _labs.TryGetValue(country, out var labs) ? labs[prng.Below(labs.Count)] : null;

    // Output grows by about 4 % a year; the last year is not yet complete.
    static int YearWeight(int year)
    {
        var weight = 100_000L;
        for (var y = FirstYear; y < year; y++) weight = weight * 1042 / 1000;
        return (int)(year == LastYear ? weight * 85 / 100 : weight);
    }

    void AddOrdinary(ref Prng prng)
    {
        var countries = new Draw(Data.Countries.Select(country => country.Weight));
        var weights = Draw.Ranks(Ordinary, 20, 1.02).ToArray();
        for (var i = 0; i < Ordinary; i++)
        {
            // The small end of the list holds one organisation of every country, overseas territories among them.
            var fromEnd = Ordinary - 1 - i;
            var country = Data.Countries[fromEnd < Data.Countries.Count ? fromEnd : countries.From(ref prng)].Code;
            // The largest are universities.
            var (name, type) = (i < Ordinary / 8 ? 0 : prng.Below(10)) switch
            {
                < 6 => ("Synthetic University", "education"),
                6 => ("Synthetic Hospital", "healthcare"),
                7 => ("Synthetic Company", "company"),
                8 => ("Synthetic Institute", "facility"),
                _ => ("Synthetic Agency", "government"),
            };
            Add(name, country, type);
        }
        Everywhere = new(weights);
        foreach (var group in Enumerable.Range(0, Ordinary).GroupBy(i => _organisations[i].Country))
        {
            _numbersOfCountry[group.Key] = [.. group];
            _ofCountry[group.Key] = new(group.Select(i => weights[i]));
        }
    }

    void AddReal()
    {
        foreach (var real in Data.Organisations)
        {
            var number = _organisations.Count;
            _organisations.Add(new(real.OpenAlex, real.Ror, real.Name, real.Country, real.Type, real.Parents));
            switch (real.Role)
            {
                case "cnrs": Cnrs = number; break;
                case "imperial": Imperial = number; break;
                case "utokyo": UTokyo = number; break;
                case "cnrs+imperial": MoivreLab = (number, real.Since); break;
                case "cnrs+utokyo": TokyoLab = (number, real.Since); break;
            }
        }
    }

    /// <summary>A laboratory of two parents: an ordinary organisation of the country, and the one given or a second ordinary one.</summary>
    void AddLab(ref Prng prng, string country, int? other)
    {
        // Those of France belong to CNRS.
        if (other is null && country == "FR") return;
        var parent = AnyInCountry(country, ref prng);
        var second = other ?? AnyInCountry(country, ref prng);
        if (second == parent) return;
        var lab = Add("Synthetic Laboratory", country, "facility", _organisations[parent].Id, _organisations[second].Id);
        if (!_labs.TryGetValue(country, out var labs)) _labs[country] = labs = [];
        labs.Add((lab, parent));
    }

    int[] AddInstitutes(int parent) =>
        [.. Enumerable.Range(0, 4).Select(_ => Add("Synthetic Institute", _organisations[parent].Country, "facility", _organisations[parent].Id))];

    int Add(string name, string country, string type, params long[] parents)
    {
        var number = _organisations.Count;
        _organisations.Add(new(FirstInventedId + number, SyntheticOrganisation.InventedRor(number),
            SyntheticOrganisation.Numbered(name, number + 1), country, type, parents));
        return number;
    }
}
