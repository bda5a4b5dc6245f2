using System.Globalization;
using System.Text.RegularExpressions;

namespace Entente.Core.Store.Outbox;

/// <summary>
/// An address that any SMTP server can be given: letters, digits and signs before the @, a domain after it. No quotes, spaces or
/// control characters ever pass, so an address cannot carry a second header or command. A domain in other letters becomes its ASCII form.
/// </summary>
public readonly partial record struct EmailAddress
{
    EmailAddress(string text) => Text = text;

    public string Text { get; }
    public string Domain => Text[(Text.IndexOf('@', StringComparison.Ordinal) + 1)..];

    /// <summary>Null where the text is no such address.</summary>
    public static EmailAddress? Parse(string? text)
    {
        if (text?.Trim().Split('@') is not [var local, var domain] || Ascii(domain) is not { } host) return null;
        var whole = $"{local}@{host}";
        return whole.Length <= 254 && local.Length <= 64 && Local().IsMatch(local) && Host().IsMatch(host) ? new(whole) : null;
    }

    static string? Ascii(string domain)
    {
        try
        {
            return new IdnMapping().GetAscii(domain).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    public override string ToString() => Text;

    [GeneratedRegex(@"\A[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*\z")]
    private static partial Regex Local();

    [GeneratedRegex(@"\A[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*\z")]
    private static partial Regex Host();
}
