namespace Entente.Core.Store.Outbox;

/// <summary>How this installation closes a secret before it is kept, and opens it again. Open gives null where its keys do not fit.</summary>
public sealed record Seal(Func<string, string> Close, Func<string, string?> Open);
