using Entente.Engine.Segments;

namespace Entente.Core.Evidence.Ror;

/// <summary>
/// The one segment of a ROR vintage, in order of id. A column of ends says where each record's names and links stop; lists of
/// ids and types are one text each, separated by a line feed. Columns: docs/format/sources.md.
/// </summary>
static class RorSegment
{
    public const string Name = "ror.seg", Kind = "ror", Latitude = "lat", Longitude = "lng";

    public static SegmentDigest Write(string folder, IEnumerable<RorOrganisation> organisations)
    {
        var rows = organisations.OrderBy(o => o.Id, StringComparer.Ordinal).ToArray();
        var names = rows.SelectMany((o, row) => o.Names.Select(name => (Name: name, Row: row))).ToArray();
        var links = rows.SelectMany(o => o.Relations).ToArray();
        using var writer = new SegmentWriter(Path.Combine(folder, Name), Kind);
        writer.Text("id", rows.Select(o => o.Id));
        writer.Text("country", rows.Select(o => o.Country));
        writer.Text("city", rows.Select(o => o.City));
        writer.Column<double>(Latitude, rows.Select(o => o.Place?.Latitude ?? double.NaN).ToArray());
        writer.Column<double>(Longitude, rows.Select(o => o.Place?.Longitude ?? double.NaN).ToArray());
        writer.Text("types", rows.Select(o => List(o.Types)));
        writer.Text("grid", rows.Select(o => List(o.Grid)));
        writer.Text("isni", rows.Select(o => List(o.Isni)));
        writer.Text("wikidata", rows.Select(o => List(o.Wikidata)));
        writer.Text("fundref", rows.Select(o => List(o.Fundref)));
        writer.Text("hosts", rows.Select(o => List(o.Hosts)));
        writer.Column<byte>("schema", rows.Select(o => (byte)o.Schema).ToArray());
        writer.Column<byte>("status", rows.Select(o => (byte)o.Status).ToArray());
        writer.Column<int>("established", rows.Select(o => o.Established ?? int.MinValue).ToArray());
        writer.Column<int>("updated", rows.Select(o => o.Updated?.DayNumber ?? -1).ToArray());
        writer.Column<int>("name_ends", Ends(rows.Select(o => o.Names.Count)));
        writer.Text("name", names.Select(n => n.Name.Value));
        writer.Text("name_lang", names.Select(n => n.Name.Lang));
        writer.Column<byte>("name_kinds", names.Select(n => (byte)n.Name.Kinds).ToArray());
        writer.Column<int>("name_row", names.Select(n => n.Row).ToArray());
        writer.Column<int>("name_order", Sorted([.. names.Select(n => Fold(n.Name.Value))]));
        writer.Column<int>("link_ends", Ends(rows.Select(o => o.Relations.Count)));
        writer.Column<byte>("link_type", links.Select(l => (byte)l.Type).ToArray());
        writer.Text("link_to", links.Select(l => l.Id));
        writer.Text("link_label", links.Select(l => l.Label));
        return writer.Finish();
    }

    /// <summary>Names are looked up whatever their case; nothing else is forgiven.</summary>
    public static string Fold(string name) => name.Trim().ToLowerInvariant();

    public static string List(IEnumerable<string> items) => string.Join('\n', items);

    public static string[] List(string text) => text.Length == 0 ? [] : text.Split('\n');

    // Numbers of the names in order of their folded text, so that a name is found by halving.
    static int[] Sorted(string[] folded)
    {
        var order = Enumerable.Range(0, folded.Length).ToArray();
        Array.Sort(order, (a, b) => string.CompareOrdinal(folded[a], folded[b]) is var c and not 0 ? c : a.CompareTo(b));
        return order;
    }

    static int[] Ends(IEnumerable<int> counts)
    {
        var end = 0;
        return [.. counts.Select(count => end += count)];
    }
}
