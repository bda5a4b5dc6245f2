namespace Entente.Core.Evidence;

/// <summary>The host of a web address as sources write it, by which two of them can be held to be the same site.</summary>
static class WebHost
{
    /// <summary>In lower case and without www; null where the text is no address of the web.</summary>
    public static string? Of(string? address)
    {
        if (string.IsNullOrWhiteSpace(address)) return null;
        var text = address.Trim();
        if (!Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : "http://" + text, UriKind.Absolute, out var uri)
            || uri.Scheme is not ("http" or "https") || !uri.IdnHost.Contains('.', StringComparison.Ordinal)) return null;
        var host = uri.IdnHost.ToLowerInvariant();
        return host.StartsWith("www.", StringComparison.Ordinal) ? host[4..] : host;
    }
}
