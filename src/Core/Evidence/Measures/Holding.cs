using Entente.Core.Evidence.Ror;
using Entente.Core.Kernel;
using Entente.Engine.Query;
using Entente.Engine.Works;

namespace Entente.Core.Evidence.Measures;

/// <summary>
/// The works of one vintage, wherever they are held: in segments on this machine, or on servers that answer SQL. Figures are
/// written on this and on <see cref="SetOfWorks"/>, once for every engine.
/// </summary>
abstract class Holding
{
    /// <summary>The first and last year of works that have one.</summary>
    public abstract int? FirstYear { get; }
    public abstract int? LastYear { get; }

    /// <summary>Which OpenAlex ids carry a ROR id in this vintage, and under which name.</summary>
    public abstract Carriers Carriers { get; }

    /// <summary>All works, or those of a window.</summary>
    public abstract SetOfWorks Of(Years? years);

    /// <summary>Works that carry the flag.</summary>
    public abstract SetOfWorks Flagged(WorkFlags flag);

    /// <summary>Works that list institutions of two or more statistical countries.</summary>
    public SetOfWorks International => OfCountries(2);

    /// <summary>Works that list institutions of so many statistical countries or more: two, three or four.</summary>
    public abstract SetOfWorks OfCountries(int atLeast);

    /// <summary>Works that list two or more institutions.</summary>
    public abstract SetOfWorks Collaborative { get; }

    public virtual Frame Frame(Years? years) => new(this, years, Filters.None);

    /// <summary>The works of a window that pass the filters.</summary>
    public virtual Frame Frame(Years? years, Filters filters) => filters == Filters.None ? Frame(years) : Keep(("frame", years, filters), () => new Frame(this, years, filters));

    /// <summary>Works for which every condition of the filter holds.</summary>
    public abstract SetOfWorks Passing(WorkFilter filter);

    /// <summary>How many of these works are of each year and topic, 0 for an unknown one.</summary>
    public abstract IReadOnlyDictionary<(int Year, int Topic), long> CountByTopic(SetOfWorks works);

    /// <summary>Every topic that the source places, and whether it places topics at all and names funders.</summary>
    public abstract IEnumerable<Topic> Topics { get; }
    public abstract bool KnowsTopics { get; }
    public abstract bool KnowsFunders { get; }

    /// <summary>The units that one of these ids stands for: listed itself, or, by lineage, above what is listed.</summary>
    public abstract Body Body(IReadOnlyList<long> ids, bool lineage);

    /// <summary>Whether the source tells the type of any institution.</summary>
    public abstract bool KnowsTypes { get; }

    /// <summary>Works that list an institution of this type.</summary>
    public abstract SetOfWorks OfType(string type);

    /// <summary>Works that list an institution that may be of this type: of it the record tells none, or a role that anyone may have, and no record of the vintage tells another.</summary>
    public abstract SetOfWorks MaybeOfType(string type, string role);

    /// <summary>The units of a statistical country.</summary>
    public abstract Body Country(string country);

    /// <summary>The works among these with two different authorships, one on each side.</summary>
    public abstract SetOfWorks TwoAuthors(SetOfWorks among, Body a, Body b);

    /// <summary>The part of each of these works that is the body's.</summary>
    public abstract Weights Weigh(SetOfWorks among, Body body, Counting counting);

    /// <summary>The organisations that these works, of the body's, list outside it.</summary>
    public abstract Listed Listed(SetOfWorks among, Body outside);

    /// <summary>How these works are cited, by these fields.</summary>
    public abstract Cited Cited(SetOfWorks works, FieldsOf fields);

    /// <summary>How far apart the institutions of these works are.</summary>
    public abstract Distant Distances(SetOfWorks works, RorPlaces places);

    /// <summary>The works of this vintage, whatever it says of them, that a set of another vintage in the same engine has too, by their ids.</summary>
    public abstract SetOfWorks Same(SetOfWorks other);

    /// <summary>The links that these works make; each side, where there are sides, stands for one node.</summary>
    public abstract Linked Links(SetOfWorks among, (Body A, Body B)? sides);

    /// <summary>What took a pass over many works, kept for the next question that needs it.</summary>
    public virtual T Keep<T>(object key, Func<T> make) where T : class => make();

    /// <summary>What such a pass came to, where that is a table of fields and years: there is room for many. Neither the key nor the table may hold works.</summary>
    public virtual T KeepTable<T>(object key, Func<T> make) where T : class => make();
}

/// <summary>One side of a question on one vintage: the units that stand for it, and the works that list them.</summary>
abstract class Body
{
    public abstract SetOfWorks Works { get; }

    /// <summary>What tells this side from others of its vintage, and holds no works: tables are kept by it.</summary>
    public virtual object Key => this;
}

/// <summary>The links that works make, all and by year.</summary>
abstract class Linked
{
    public abstract LinkCount Whole { get; }
    public abstract LinkCount OfYear(int year);
}

/// <summary>The organisations that works list outside a body, each work once.</summary>
abstract class Listed
{
    public abstract int Count { get; }

    /// <summary>In no order that means anything.</summary>
    public abstract IEnumerable<ListedOrganisation> All();

    /// <summary>How many different organisations the works of each year list, indexed by year - first.</summary>
    public abstract long[] CountByYear(int first, int last);
}
