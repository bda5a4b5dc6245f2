namespace Entente.Engine.Works;

[Flags]
public enum WorkFlags : ushort
{
    None = 0,
    Retracted = 1,
    Paratext = 2,
    /// <summary>The list of authors is cut: flagged so, or exactly 100 authorships.</summary>
    Truncated = 4,
    OpenAccess = 8,
    Expansion = 16,
    Synthetic = 32,
    TopTenPercent = 64,
    TopOnePercent = 128,
}

/// <summary>
/// An organisation as one record lists it. The same organisation listed with another country, type, ROR id or lineage is another
/// unit, because each record is counted by what it says itself. Ids are OpenAlex institution numbers without the I.
/// </summary>
public sealed record Unit(long Id, string? Ror, string? Country, string? Type, string? Name, long[] Lineage);

/// <summary>One work as a reader hands it to <see cref="WorksWriter"/>; reused from record to record.</summary>
public sealed class WorkRecord
{
    /// <summary>OpenAlex number without the W.</summary>
    public long Id { get; set; }

    /// <summary>Year of publication; 0 when unknown.</summary>
    public int Year { get; set; }

    /// <summary>OpenAlex topic number without the T; 0 when unknown.</summary>
    public int Topic { get; set; }

    /// <summary>What the record says of its topic, by number from <see cref="WorksWriter.Place"/>; -1 when nothing.</summary>
    public int Placed { get; set; } = -1;

    public string? Type { get; set; }
    public int Citations { get; set; }

    /// <summary>Field-weighted citation impact as the source gives it; NaN when unknown.</summary>
    public float Fwci { get; set; } = float.NaN;

    public WorkFlags Flags { get; set; }

    /// <summary>Bit n-1 is set when the source labels the work with goal n of the United Nations' seventeen.</summary>
    public uint Goals { get; set; }

    /// <summary>Ticks (UTC) of the source's own updated date; 0 when unknown. The newest record of an id wins.</summary>
    public long Updated { get; set; }

    /// <summary>Breaks a tie between records of the same id and date, so that the order of sources changes nothing.</summary>
    public ulong Hash { get; set; }

    readonly Utf8Slot title = new(), doi = new();

    public string? Title { get => title.Text; set => title.Text = value; }
    public string? Doi { get => doi.Text; set => doi.Text = value; }
    public bool HasTitle => title.HasText;

    /// <summary>Title and DOI in UTF-8, as they are kept.</summary>
    public ReadOnlySpan<byte> TitleUtf8 => title.Utf8;
    public ReadOnlySpan<byte> DoiUtf8 => doi.Utf8;
    public void SetTitle(ReadOnlySpan<byte> utf8) => title.Set(utf8);
    public void SetDoi(ReadOnlySpan<byte> utf8) => doi.Set(utf8);

    /// <summary>Numbers of units from <see cref="WorksWriter.Intern"/>, authorship after authorship.</summary>
    public List<int> Units { get; } = [];

    /// <summary>For each authorship, where its units end in <see cref="Units"/>. An authorship may have none.</summary>
    public List<int> AuthorEnds { get; } = [];

    /// <summary>OpenAlex numbers of the funders without the F, in any order; one may come more than once.</summary>
    public List<long> Funders { get; } = [];

    public void Clear()
    {
        (Id, Year, Topic, Placed, Type, Citations, Fwci, Flags, Goals, Updated, Hash, Title, Doi) =
            (0, 0, 0, -1, null, 0, float.NaN, WorkFlags.None, 0, 0, 0, null, null);
        Funders.Clear();
        Units.Clear();
        AuthorEnds.Clear();
    }
}

/// <summary>A text in UTF-8 that is set again and again.</summary>
sealed class Utf8Slot
{
    byte[] bytes = new byte[256];
    int length = -1;

    public bool HasText => length >= 0;

    public ReadOnlySpan<byte> Utf8 => bytes.AsSpan(0, Math.Max(0, length));

    public string? Text
    {
        get => length < 0 ? null : System.Text.Encoding.UTF8.GetString(Utf8);
        set
        {
            if (value is null) length = -1;
            else Set(System.Text.Encoding.UTF8.GetBytes(value));
        }
    }

    public void Set(ReadOnlySpan<byte> utf8)
    {
        if (bytes.Length < utf8.Length) bytes = new byte[utf8.Length * 2];
        utf8.CopyTo(bytes);
        length = utf8.Length;
    }
}
