using Entente.Engine.Works;

namespace Entente.Bench.Scale;

/// <summary>
/// Invented facts about works: institutions by a law of Zipf and Mandelbrot (100,000 of them; the largest has about 1.4 % of works), about
/// 1.67 institutions and 1.25 countries a work, 4,516 topics, years 1990 to 2025. A work depends on its number alone. Each institution of a
/// work is one authorship, so that full scale fits a disk; a fifth of the institutions belong to one of 200 umbrellas.
/// </summary>
sealed class Facts
{
    public const int Institutions = 100_000, Topics = 4_516, FirstTopic = 10_001, FirstYear = 1990, LastYear = 2025, Countries = 80;
    const int Umbrellas = 200, MostListed = 12;

    static readonly string[] Types = ["article", "article", "article", "article", "article", "preprint", "book-chapter", "review"];

    readonly Drawing institutions, topics, years;
    readonly Drawing[] byCountry = new Drawing[Countries];
    readonly int[][] ofCountry = new int[Countries][];
    readonly byte[] countryOf = new byte[Institutions + 1];

    public Facts()
    {
        double Weight(int rank) => 1 / Math.Pow(rank + 25, 0.98);
        institutions = new(Enumerable.Range(0, Institutions).Select(Weight));
        topics = new(Enumerable.Range(0, Topics).Select(rank => 1 / Math.Pow(rank + 60, 0.75)));
        years = new(Enumerable.Range(0, LastYear - FirstYear + 1).Select(year => Math.Exp(0.045 * year)));
        var countries = new Drawing(Enumerable.Range(0, Countries).Select(rank => 1 / Math.Pow(rank + 2, 1.1)));
        for (var institution = 1; institution <= Institutions; institution++)
            countryOf[institution] = (byte)countries.From(new Dice(99, institution).Next());
        for (var country = 0; country < Countries; country++)
        {
            ofCountry[country] = [.. Enumerable.Range(1, Institutions).Where(institution => countryOf[institution] == country)];
            byCountry[country] = new(ofCountry[country].Select(institution => Weight(institution - 1)));
        }
    }

    /// <summary>The country of an institution, from 0.</summary>
    public int CountryOf(int institution) => countryOf[institution];

    /// <summary>Two letters for a country of the facts: they stand for no real one.</summary>
    public static string Code(int country) => $"{(char)('A' + country / 26)}{(char)('A' + country % 26)}";

    /// <summary>The umbrella above an institution; 0 for none.</summary>
    public static int UmbrellaOf(int institution) => institution > Umbrellas && institution % 5 == 0 ? 1 + institution / 5 % Umbrellas : 0;

    /// <summary>Where a topic, from 0, lies among 252 subfields, 26 fields and 4 domains.</summary>
    public static Topic Place(int topic)
    {
        var (subfield, field, domain) = (topic % 252, topic % 252 % 26, topic % 252 % 26 % 4);
        return new(FirstTopic + topic, $"Topic {topic}", 1000 + subfield, $"Subfield {subfield}", 10 + field, $"Field {field}", 1 + domain, $"Domain {domain}");
    }

    /// <summary>Fills in a work; answers how many institutions it lists.</summary>
    public int Draw(long number, WorkRecord work, Span<int> listed)
    {
        var dice = new Dice(1, number);
        work.Clear();
        work.Id = number;
        work.Year = FirstYear + years.From(dice.Next());
        work.Topic = FirstTopic + topics.From(dice.Next());
        var bits = dice.Next();
        work.Type = Types[bits & 7];
        work.Goals = (bits >> 3 & 1) == 0 ? 0 : 1u << (int)((bits >> 4 & 15) + (bits >> 8 & 1));
        work.Citations = Math.Min(20, System.Numerics.BitOperations.TrailingZeroCount(bits >> 10 | 1UL << 40)) * (int)(bits >> 30 & 15);
        work.Fwci = (bits >> 34 & 3) == 0 ? float.NaN : (bits >> 36 & 255) / 64f;
        work.Flags = ((bits >> 44 & 1) == 0 ? WorkFlags.None : WorkFlags.OpenAccess)
            | ((bits >> 45 & 511) == 0 ? WorkFlags.Retracted : 0) | ((bits >> 45 & 511) is 1 or 2 ? WorkFlags.Paratext : 0) | ((bits >> 45 & 511) is 3 or 4 ? WorkFlags.Truncated : 0);
        return Institutes(ref dice, listed);
    }

    int Institutes(ref Dice dice, Span<int> listed)
    {
        var wanted = Count(dice.Next());
        var count = 0;
        for (var i = 0; i < wanted; i++)
        {
            var bits = dice.Next();
            // Most partners are of the country of the first.
            var institution = 1 + institutions.From(bits);
            if (count > 0 && dice.Next() % 100 < 55)
            {
                var country = countryOf[listed[0]];
                institution = ofCountry[country][byCountry[country].From(bits)];
            }
            if (listed[..count].IndexOf(institution) < 0) listed[count++] = institution;
        }
        return count;
    }

    static int Count(ulong bits) => (bits % 1000) switch
    {
        < 110 => 0,
        < 580 => 1,
        < 795 => 2,
        < 890 => 3,
        < 940 => 4,
        < 970 => 5,
        var tail => 6 + (int)(tail % (MostListed - 5)),
    };

    /// <summary>Numbers that depend on seed and number alone (SplitMix64).</summary>
    struct Dice(ulong seed, long number)
    {
        ulong state = unchecked(seed * 0x9E3779B97F4A7C15 ^ (ulong)number * 0xD1342543DE82EF95);

        public ulong Next()
        {
            unchecked
            {
                var z = state += 0x9E3779B97F4A7C15;
                z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
                z = (z ^ z >> 27) * 0x94D049BB133111EB;
                return z ^ z >> 31;
            }
        }
    }

    /// <summary>Draws by weight in one look-up or few: a guide tells where to begin.</summary>
    sealed class Drawing
    {
        readonly uint[] ends;
        readonly int[] guide;
        readonly int shift;

        public Drawing(IEnumerable<double> weights)
        {
            var each = weights.ToArray();
            var (sum, total) = (0.0, each.Sum());
            ends = new uint[each.Length];
            for (var i = 0; i < each.Length; i++) ends[i] = (uint)Math.Min(uint.MaxValue, (sum += each[i]) / total * uint.MaxValue);
            if (ends.Length > 0) ends[^1] = uint.MaxValue;
            var bits = Math.Max(4, System.Numerics.BitOperations.Log2((uint)each.Length + 1) + 2);
            (guide, shift) = (new int[1 << bits], 32 - bits);
            for (int slot = 0, at = 0; slot < guide.Length; slot++)
            {
                while (at < ends.Length - 1 && ends[at] < (uint)slot << shift) at++;
                guide[slot] = at;
            }
        }

        public int From(ulong bits)
        {
            var point = (uint)(bits >> 32);
            var at = guide[point >> shift];
            while (ends[at] < point) at++;
            return at;
        }
    }
}
