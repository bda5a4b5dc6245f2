namespace Entente.Engine.Works;

/// <summary>
/// Who is listed on the works of a segment: for loops over many works. The units of a list are unpacked into one place, so that
/// a list lasts until the next is asked for.
/// </summary>
sealed class Listings(Runs authors, Runs authorUnits, Packed<int> units)
{
    int[] unpacked = new int[16];

    public (int First, int Last) AuthorsOf(int work) => authors.Of(work);

    public ReadOnlySpan<int> UnitsOfAuthor(int author)
    {
        var (first, last) = authorUnits.Of(author);
        return Unpack(first, last);
    }

    public ReadOnlySpan<int> UnitsOf(int work)
    {
        var (firstAuthor, lastAuthor) = authors.Of(work);
        var (first, last) = authorUnits.Spanning(firstAuthor, lastAuthor);
        return Unpack(first, last);
    }

    ReadOnlySpan<int> Unpack(int first, int last)
    {
        if (last - first > unpacked.Length) unpacked = new int[2 * (last - first)];
        var into = unpacked.AsSpan(0, last - first);
        units.Unpack(first, into);
        return into;
    }
}
