namespace Entente.Core.Evidence.Synthesis;

/// <summary>One invented work, reused from work to work.</summary>
sealed class SyntheticWork
{
    public long Number { get; set; }
    public int Year { get; set; }

    /// <summary>Index of the field, -1 for a work without a topic.</summary>
    public int Field { get; set; }
    public int Topic { get; set; }
    public string Type { get; set; } = "article";
    public int Day { get; set; }
    public bool Truncated { get; set; }

    /// <summary>Cut at a hundred authors, as its record says; some records are cut and do not say so.</summary>
    public bool SaysTruncated { get; set; }
    public bool Retracted { get; set; }
    public bool Paratext { get; set; }
    public bool OpenAccess { get; set; }
    public bool WithoutLineage { get; set; }

    /// <summary>Standard score of its impact; null where the source gives no impact.</summary>
    public double? Impact { get; set; }
    public int Citations { get; set; }

    /// <summary>One of the seventeen goals; 0 for none.</summary>
    public int Goal { get; set; }

    /// <summary>Organisations, authorship after authorship, and where each authorship's end.</summary>
    public List<int> Organisations { get; } = [];
    public List<int> AuthorEnds { get; } = [];
    public List<long> Authors { get; } = [];

    public void Clear()
    {
        Organisations.Clear();
        AuthorEnds.Clear();
        Authors.Clear();
        (Truncated, SaysTruncated) = (false, false);
    }
}
