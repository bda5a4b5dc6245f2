namespace Entente.Engine.Works;

/// <summary>Who is listed on the works of a segment, with the three columns at hand: for loops over many works.</summary>
readonly ref struct Listings(ReadOnlySpan<uint> authors, ReadOnlySpan<uint> authorUnits, ReadOnlySpan<int> units)
{
    readonly ReadOnlySpan<uint> authors = authors, authorUnits = authorUnits;
    readonly ReadOnlySpan<int> units = units;

    public (int First, int Last) AuthorsOf(int work) => ((int)authors[work], (int)authors[work + 1]);

    public ReadOnlySpan<int> UnitsOfAuthor(int author)
    {
        var first = (int)authorUnits[author];
        return units.Slice(first, (int)authorUnits[author + 1] - first);
    }

    public ReadOnlySpan<int> UnitsOf(int work)
    {
        var first = (int)authorUnits[(int)authors[work]];
        return units.Slice(first, (int)authorUnits[(int)authors[work + 1]] - first);
    }
}
