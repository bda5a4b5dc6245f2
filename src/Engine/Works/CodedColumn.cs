using System.Numerics;
using System.Runtime.CompilerServices;
using Entente.Engine.Segments;

namespace Entente.Engine.Works;

/// <summary>Writes numbers as they are or as places in a list of all that are different, whichever takes less.</summary>
static class CodedColumn
{
    /// <summary>More different numbers are not looked for: places among them would take nearly as much as they do.</summary>
    const int MostDifferent = 1 << 16;

    /// <param name="always">true to write the list wherever it can be: where somebody wants to know what there is without looking at every row</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Write<T>(SegmentWriter writer, string name, ReadOnlySpan<T> values, bool always = false) where T : unmanaged, IBinaryInteger<T>
    {
        var (_, _, width) = BitPacking.Plan(values);
        if ((always || width > 1) && Different(values) is { } different
            && BitPacking.WidthOf((ulong)different.Length - 1) is var narrow && (always || BitPacking.LengthOf(values.Length, narrow) + BitPacking.LengthOf(different.Length, width) < BitPacking.LengthOf(values.Length, width)))
        {
            var places = different.Index().ToDictionary(each => each.Item, each => each.Index);
            var coded = new int[values.Length];
            // Works lie in order of topic, so that few numbers are looked up.
            for (var row = 0; row < coded.Length; row++) coded[row] = row > 0 && values[row] == values[row - 1] ? coded[row - 1] : places[values[row]];
            writer.Packed<int>(name, coded);
            writer.Packed<T>(name + WorksFormat.Values, different);
        }
        else writer.Packed(name, values);
    }

    /// <summary>The different numbers, rising; null where they are many.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static T[]? Different<T>(ReadOnlySpan<T> values) where T : unmanaged, IBinaryInteger<T>
    {
        var found = new HashSet<T>();
        for (var row = 0; row < values.Length; row++)
            if ((row == 0 || values[row] != values[row - 1]) && found.Add(values[row]) && found.Count > MostDifferent) return null;
        return [.. found.Order()];
    }
}
