namespace Entente.Core.Evidence.Pull;

/// <summary>How politely a server is asked, and how long a failing one is borne.</summary>
/// <param name="Between">least time from one request to the next</param>
/// <param name="FirstWait">wait after the first failure; it doubles with each, half of it at random</param>
/// <param name="LongestWait">longest wait that is borne, also when the server asks for a longer one</param>
/// <param name="Attempts">requests in all before a page is given up</param>
/// <param name="Patience">longest time without an answer</param>
public sealed record PullPace(TimeSpan Between, TimeSpan FirstWait, TimeSpan LongestWait, int Attempts, TimeSpan Patience)
{
    public static PullPace Polite { get; } =
        new(TimeSpan.FromMilliseconds(120), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(2), 7, TimeSpan.FromSeconds(90));
}
