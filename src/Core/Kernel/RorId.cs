namespace Entente.Core.Kernel;

/// <summary>ROR ids in their nine-character form, such as 02feahw73.</summary>
public static class RorId
{
    /// <summary>The nine characters of a ROR id given bare or as an address; null where the text is not one.</summary>
    public static string? Parse(string? text)
    {
        if (text is null) return null;
        var id = text[(text.LastIndexOf('/') + 1)..].Trim().ToLowerInvariant();
        return id.Length == 9 && id[0] == '0' && id.All(char.IsAsciiLetterOrDigit) ? id : null;
    }
}
