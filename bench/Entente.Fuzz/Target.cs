namespace Entente.Fuzz;

/// <summary>What a reader did that it never may: the input that made it do so is shrunk and shown.</summary>
public sealed class FindingException(string what) : Exception(what);

/// <summary>One reader under fire. An input is made from a source of chance alone, so that a seed is enough to make it again.</summary>
public abstract class Target : IDisposable
{
    public abstract string Name { get; }

    /// <summary>An input: many records together where the reader takes many, most of them bent.</summary>
    public abstract byte[] Make(Random random);

    /// <summary>How many records of the input that was made last are not as they were.</summary>
    public int Bent { get; protected set; }

    /// <summary>Hands the input to the reader and holds what it does against what it owes; answers how many records the reader came to.</summary>
    /// <exception cref="Exception">Any at all is a finding.</exception>
    public abstract int Feed(byte[] input);

    /// <summary>Called now and then: what has gathered is written, checked and let go.</summary>
    public virtual void Renew() { }

    public virtual void Dispose() => GC.SuppressFinalize(this);

    protected static void Owe(bool holds, string what)
    {
        if (!holds) throw new FindingException(what);
    }
}

/// <summary>A folder in memory where the system has one: what is tried millions of times need not wear out a disk.</summary>
public sealed class Scratch : IDisposable
{
    public string Path { get; } = Directory.CreateDirectory(System.IO.Path.Combine(
        Directory.Exists("/dev/shm") ? "/dev/shm" : System.IO.Path.GetTempPath(), $"entente-fuzz-{Environment.ProcessId}-{Guid.NewGuid():N}")).FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
