namespace Entente.Web.Api;

/// <summary>A refusal as RFC 9457 writes it: the sentence in the reader's language, the code the same in all.</summary>
/// <param name="Type">names the code as a URN</param>
/// <param name="Title">what kind of refusal this is</param>
/// <param name="Status">the HTTP status</param>
/// <param name="Detail">what is wrong, where, and what to do</param>
public sealed record Problem(string Type, string Title, int Status, string Detail)
{
    public const string ContentType = "application/problem+json";

    /// <summary>Stable, for machines.</summary>
    public string? Code { get; init; }

    /// <summary>The parameter at fault, where one is.</summary>
    public string? Field { get; init; }
}
