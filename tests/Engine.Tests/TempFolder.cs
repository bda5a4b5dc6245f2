namespace Entente.Engine.Tests;

/// <summary>A folder of its own for one test, gone after it; in memory where the system has such a place, since each segment is flushed to disk.</summary>
sealed class TempFolder : IDisposable
{
    static readonly string Parent = Directory.Exists("/dev/shm") ? "/dev/shm" : System.IO.Path.GetTempPath();

    public string Path { get; } = Directory.CreateDirectory(System.IO.Path.Combine(Parent, $"entente-engine-{Guid.NewGuid():N}")).FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
