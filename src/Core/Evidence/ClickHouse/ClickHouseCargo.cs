namespace Entente.Core.Evidence.ClickHouse;

/// <summary>What is loaded of a vintage: one thing after another, always in the same order, a work or a project; each goes whole to one server.</summary>
abstract class ClickHouseCargo<T>
{
    public abstract Manifest Manifest { get; }
    public abstract ClickHouseSchema Schema { get; }

    /// <summary>How many things there are.</summary>
    public abstract long Count { get; }
    public abstract IEnumerable<T> Things();

    /// <summary>The number of the server that holds a thing.</summary>
    public abstract int ServerOf(T thing, int servers);

    /// <summary>Writes a thing's rows, a writer for each parted table, and adds how many they were.</summary>
    public abstract void Write(T thing, ushort stretch, RowWriter[] rows, long[] counts);

    /// <summary>Writes a server's control row of each parted table.</summary>
    public abstract void WriteControl(int server, RowWriter[] rows);

    /// <summary>The rows of the tables that each server has whole.</summary>
    public virtual IReadOnlyList<RowWriter> Whole() => [];

    /// <summary>How many rows each parted table must come to; null where only the rows tell.</summary>
    public abstract IReadOnlyList<long?> Expected { get; }

    public abstract (int? First, int? Last) Years { get; }
    public abstract IReadOnlyList<string> Knows { get; }
}
