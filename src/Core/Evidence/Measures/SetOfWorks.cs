using System.Security.Cryptography;

namespace Entente.Core.Evidence.Measures;

/// <summary>A set of works of a <see cref="Holding"/>. All figures are algebra on such sets. Immutable.</summary>
abstract class SetOfWorks
{
    public abstract long Count { get; }

    /// <summary>How many works of each year, indexed by year - first; works without a year are left out.</summary>
    public abstract long[] CountByYear(int first, int last);

    public abstract SetOfWorks And(SetOfWorks other);
    public abstract SetOfWorks Or(SetOfWorks other);
    public abstract SetOfWorks Except(SetOfWorks other);

    /// <summary>Hashes the ids "W123" in ordinal order, each followed by a newline.</summary>
    public abstract void AppendTo(IncrementalHash hash);

    /// <summary>The works, in no order that means anything, each with the way in which it counts.</summary>
    public abstract IEnumerable<WorkLine> Lines(string countsAs);

    /// <summary>SHA-256 (lower-case hex) of what <see cref="AppendTo"/> hashes.</summary>
    public virtual string Digest()
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        AppendTo(sha);
        return Convert.ToHexStringLower(sha.GetHashAndReset());
    }
}
