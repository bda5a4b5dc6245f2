namespace Entente.Core.Kernel;

/// <summary>
/// The act cannot go on and no change of its input would help: a full disk, a corrupt segment, a database that is gone.
/// Says what, where and what to do, in both languages. Caught once per host (exit code 3, status 503).
/// </summary>
public sealed class BrokenWorldException(Said message, Exception? cause = null) : Exception(message.En, cause)
{
    public Said Said { get; } = message;
}
