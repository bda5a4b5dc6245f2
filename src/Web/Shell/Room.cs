namespace Entente.Web.Shell;

/// <summary>The room that a page stands in. Rooms without pages are not shown.</summary>
public enum Room { None, Portfolio, Evidence, Claims }

/// <summary>One step of the way to a page.</summary>
public sealed record Crumb(string Text, string Href);
