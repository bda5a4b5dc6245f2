using Entente.Core.Kernel;

namespace Entente.Web.Api;

/// <summary>One page of a list, as JSON.</summary>
/// <param name="Total">rows that pass the filters, on all pages</param>
/// <param name="Page">this page, from 1</param>
/// <param name="Size">rows on a full page</param>
/// <param name="Pages">how many pages there are; at least 1</param>
/// <param name="Items">the rows of this page</param>
public sealed record Paged<T>(int Total, int Page, int Size, int Pages, IReadOnlyList<T> Items)
{
    public int First => Total == 0 ? 0 : ((Page - 1) * Size) + 1;
    public int Last => Math.Min(Page * Size, Total);
}

/// <summary>A field of a row: the name that sorts and heads the column, and its value.</summary>
public sealed record Column<T>(string Name, Func<T, object?> Value);

/// <summary>The columns of a list: what it sorts by, what its words are looked for in, what its table holds.</summary>
public sealed record Listing<T>(params IReadOnlyList<Column<T>> Columns)
{
    /// <summary>The rows that hold the words, in the order asked; in the given order where none is.</summary>
    public Outcome<IReadOnlyList<T>> Select(IEnumerable<T> rows, ListQuery query)
    {
        var found = Holding(rows, query.Q);
        if (string.IsNullOrEmpty(query.Sort)) return found.ToList();
        var name = query.Sort.TrimStart('-');
        var column = Columns.FirstOrDefault(c => c.Name == name);
        if (column is null) return UnknownSort(name);
        return (query.Sort[0] == '-'
            ? found.OrderByDescending(column.Value, Order.Instance)
            : found.OrderBy(column.Value, Order.Instance)).ToList();
    }

    /// <summary>One page of the rows that the query selects.</summary>
    public Outcome<Paged<T>> Page(IEnumerable<T> rows, ListQuery query)
    {
        var (page, size) = (query.Page ?? 1, query.Size ?? ListQuery.DefaultSize);
        if (size is < 1 or > ListQuery.MaxSize)
            return Refusal.Usage("page-size", $"size is {size}: a page holds 1 to {ListQuery.MaxSize} rows.",
                $"size vaut {size} : une page tient de 1 à {ListQuery.MaxSize} lignes.", "size");
        var selected = Select(rows, query);
        if (!selected.Ok) return selected.Refusal!;
        var pages = Math.Max(1, (selected.Value.Count + size - 1) / size);
        if (page < 1 || page > pages)
            return Refusal.Usage("page-number", $"page is {page}: this list has pages 1 to {pages}.",
                $"page vaut {page} : cette liste a les pages 1 à {pages}.", "page");
        return new Paged<T>(selected.Value.Count, page, size, pages, [.. selected.Value.Skip((page - 1) * size).Take(size)]);
    }

    IEnumerable<T> Holding(IEnumerable<T> rows, string? words) =>
        string.IsNullOrWhiteSpace(words) ? rows : rows.Where(row => words
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .All(word => Columns.Any(c => Csv.Text(c.Value(row)).Contains(word, StringComparison.OrdinalIgnoreCase))));

    Refusal UnknownSort(string name)
    {
        var names = string.Join(", ", Columns.Select(c => c.Name));
        return Refusal.Usage("sort", $"“{name}” is not a field of this list: sort by one of {names}.",
            $"« {name} » n’est pas un champ de cette liste : triez par {names}.", "sort");
    }

    // Numbers by size, dates by time, texts as a reader of either language looks them up; what is unknown comes last going up.
    sealed class Order : IComparer<object?>
    {
        public static Order Instance { get; } = new();

        public int Compare(object? x, object? y) => (x, y) switch
        {
            (null, null) => 0,
            (null, _) => 1,
            (_, null) => -1,
            (string a, string b) => string.Compare(a, b, StringComparison.OrdinalIgnoreCase),
            (IComparable a, _) when x.GetType() == y.GetType() => a.CompareTo(y),
            _ => string.CompareOrdinal(Csv.Text(x), Csv.Text(y)),
        };
    }
}
