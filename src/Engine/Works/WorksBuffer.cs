using System.Runtime.InteropServices;

namespace Entente.Engine.Works;

/// <summary>The works of a segment that is being gathered, in the order in which they came, column by column.</summary>
sealed class WorksBuffer
{
    public List<long> Ids { get; } = [];
    public List<short> Years { get; } = [];
    public List<int> Topics { get; } = [];
    public List<int> Placed { get; } = [];
    public List<int> Citations { get; } = [];
    public List<float> Fwci { get; } = [];
    public List<ushort> Flags { get; } = [];
    public List<uint> Goals { get; } = [];
    public List<ushort> Types { get; } = [];
    public List<long> Updated { get; } = [];
    public List<ulong> Hashes { get; } = [];
    public TextBuffer Titles { get; } = new();
    public TextBuffer Dois { get; } = new();

    /// <summary>Where the authorships of each work begin, where the units of each authorship do, and the units.</summary>
    public List<int> Authors { get; } = [0];
    public List<int> AuthorUnits { get; } = [0];
    public List<int> Units { get; } = [];

    /// <summary>Where the funders of each work end, after a zero, and the funders.</summary>
    public List<int> FunderEnds { get; } = [0];
    public List<long> Funders { get; } = [];

    public int Count => Ids.Count;

    public void Add(WorkRecord work, ushort type)
    {
        Ids.Add(work.Id);
        Years.Add((short)work.Year);
        Topics.Add(work.Topic);
        Placed.Add(work.Placed);
        Citations.Add(work.Citations);
        Fwci.Add(work.Fwci);
        Flags.Add((ushort)work.Flags);
        Goals.Add(work.Goals);
        Types.Add(type);
        Updated.Add(work.Updated);
        Hashes.Add(work.Hash);
        Titles.Add(work.TitleUtf8);
        Dois.Add(work.DoiUtf8);
        var first = Units.Count;
        Units.AddRange(CollectionsMarshal.AsSpan(work.Units));
        foreach (var end in work.AuthorEnds) AuthorUnits.Add(first + end);
        Authors.Add(AuthorUnits.Count - 1);
        Funders.AddRange(CollectionsMarshal.AsSpan(work.Funders));
        FunderEnds.Add(Funders.Count);
    }

    public void Clear()
    {
        Ids.Clear();
        Years.Clear();
        Topics.Clear();
        Placed.Clear();
        Citations.Clear();
        Fwci.Clear();
        Flags.Clear();
        Goals.Clear();
        Types.Clear();
        Updated.Clear();
        Hashes.Clear();
        Titles.Clear();
        Dois.Clear();
        CollectionsMarshal.SetCount(Authors, 1);
        CollectionsMarshal.SetCount(AuthorUnits, 1);
        Units.Clear();
        Funders.Clear();
        CollectionsMarshal.SetCount(FunderEnds, 1);
    }
}

/// <summary>Texts one after another in UTF-8, and where each begins.</summary>
sealed class TextBuffer
{
    byte[] bytes = new byte[4096];

    public List<uint> Starts { get; } = [0];
    public int Length { get; private set; }
    public ReadOnlySpan<byte> Bytes => bytes.AsSpan(0, Length);

    public ReadOnlySpan<byte> this[int row] => bytes.AsSpan((int)Starts[row], (int)(Starts[row + 1] - Starts[row]));

    public void Add(ReadOnlySpan<byte> utf8)
    {
        Reserve(utf8.Length);
        utf8.CopyTo(bytes.AsSpan(Length));
        Length += utf8.Length;
        Starts.Add((uint)Length);
    }

    public void Clear()
    {
        Length = 0;
        CollectionsMarshal.SetCount(Starts, 1);
    }

    void Reserve(int more)
    {
        if (Length + more > bytes.Length) Array.Resize(ref bytes, Math.Max(checked(Length + more), (int)Math.Min(2L * bytes.Length, Array.MaxLength)));
    }
}
