using Entente.Core.Kernel;
using Entente.Core.Portfolio;

namespace Entente.Core.Tests.Store.Search;

/// <summary>A small record of random words and audiences, and random changes of it.</summary>
sealed class RandomRecord(TestWorld world, Random random)
{
    static readonly string[] Vocabulary =
        ["énergie", "Énergies", "quantum", "Quantique", "matériaux", "MATERIALS", "œuvre", "oeuvre", "l’océan", "Straße", "東京大学", "γράμμα", "x", "1,550", "co-publications", "naïve", "label", "lab"];

    public static readonly string[] Bodies = ["alpha", "beta", "gamma"];

    int _next;

    public string Text() => string.Join(' ', Enumerable.Range(0, random.Next(1, 5)).Select(_ => Vocabulary[random.Next(Vocabulary.Length)]));

    public string Query() => string.Join(' ', Enumerable.Range(0, random.Next(1, 3)).Select(_ => Vocabulary[random.Next(Vocabulary.Length)]).Select(w => w[..random.Next(1, w.Length + 1)]));

    public Audience Open() => random.Next(8) switch
    {
        0 => Audience.Both,
        1 => Audience.Side(Bodies[random.Next(Bodies.Length)]),
        2 => Audience.People(random.Next(1, 4)),
        _ => Audience.Public,
    };

    public Actor Reader() => random.Next(5) switch
    {
        0 => Actor.Anyone,
        1 => Actor.CommandLine,
        _ => new Actor("someone") { Account = random.Next(1, 4), Grants = [.. Enumerable.Range(0, random.Next(0, 3)).Select(_ => Grant())] },
    };

    Grant Grant() => new((AccountRole)random.Next(8), random.Next(4) == 0 ? null : Bodies[random.Next(Bodies.Length)], random.Next(3) == 0 ? $"structures/s{random.Next(12)}" : null);

    static Citations Cites => Citations.Parse("S1");

    public async Task FillAsync()
    {
        world.Db.Add(new Source { Key = "S1", Kind = SourceKind.Document, Title = "Of all", Publisher = "p" });
        world.Db.Add(new Instrument { Key = "irl", Code = "IRL", Name = "Laboratory", Family = InstrumentFamily.Laboratory, Description = "d", DescriptionFr = "d", Source = Cites });
        foreach (var body in Bodies) world.Db.Add(new Organisation { Key = body, Kind = OrganisationKind.Institution, Name = $"{body} {Text()}", Source = Cites });
        for (var i = 0; i < 4; i++)
            world.Db.Add(new Organisation { Key = $"lab{i}", Kind = OrganisationKind.Laboratory, Name = $"lab {Text()}", Parent = i == 3 ? null : Bodies[i], Source = Cites, Audience = Open() });
        for (var i = 0; i < 5; i++) world.Db.Add(new Person { Key = $"p{i}", Name = $"Person {Text()}", Source = Cites, Audience = Open() });
        for (var i = 0; i < 12; i++)
        {
            world.Db.Add(new Structure { Key = $"s{i}", Instrument = "irl", Name = Text(), NameFr = random.Next(2) == 0 ? null : Text(), Named = true, Source = Cites, Audience = Open() });
            for (var row = 0; row < 5; row++) world.Db.Add(Row($"s{i}"));
        }
        await SaveAsync();
    }

    object Row(string structure) => random.Next(6) switch
    {
        0 => new Party { Structure = structure, Organisation = Bodies[random.Next(3)], Role = PartyRole.Party, Source = Cites, Audience = Open() },
        1 => new Party { Structure = structure, Organisation = $"lab{random.Next(4)}", Role = PartyRole.Party, Source = Cites, Audience = Open() },
        2 => new Role { Structure = structure, Person = $"p{random.Next(5)}", Kind = RoleKind.Director, Source = Cites, Audience = Open() },
        3 => new Theme { Structure = structure, Kind = ThemeKind.Subject, Text = Text(), Position = 1, Source = Cites, Audience = Open() },
        4 => new Fact { Structure = structure, Field = "f", Text = Text(), TextFr = Text(), Source = Cites, Audience = Open() },
        _ => new Agreement { Key = $"a{_next++}", Structure = structure, Event = "e", Title = Text(), Source = Cites, Audience = Open() },
    };

    /// <summary>One change of any kind: a row more, less, or other; a name; an audience; a parent, and so the sides of structures.</summary>
    public async Task ChangeAsync()
    {
        var (structure, lab, person) = ($"s{random.Next(12)}", $"lab{random.Next(4)}", $"p{random.Next(5)}");
        switch (random.Next(7))
        {
            case 0: world.Db.Add(Row(structure)); break;
            case 1: if (world.Db.Facts.FirstOrDefault(f => f.Structure == structure) is { } fact) world.Db.Remove(fact); break;
            case 2: if (world.Db.Parties.FirstOrDefault(p => p.Structure == structure) is { } party) world.Db.Remove(party); break;
            case 3: Set(world.Db.Structures.Single(s => s.Key == structure), nameof(Structure.Name), Text()); break;
            case 4: Set(world.Db.Structures.Single(s => s.Key == structure), nameof(Structure.Audience), Open()); break;
            case 5: Set(world.Db.Organisations.Single(o => o.Key == lab), nameof(Organisation.Parent), Bodies[random.Next(3)]); break;
            default: Set(world.Db.People.Single(p => p.Key == person), nameof(Person.Audience), Open()); break;
        }
        await SaveAsync();
    }

    void Set(object row, string property, object value) => world.Db.Entry(row).Property(property).CurrentValue = value;

    async Task SaveAsync()
    {
        world.Work.Log("test", "structures/s1");
        await world.Db.SaveChangesAsync();
        world.Db.ChangeTracker.Clear();
    }
}
