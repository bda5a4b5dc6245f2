namespace Entente.Core.Kernel;

/// <summary>Why the system said no: a stable code for machines, a sentence for people in both languages, and the input at fault.</summary>
public sealed record Refusal(RefusalKind Kind, string Code, Said Message, string? Field = null)
{
    public static Refusal NotFound(string code, string en, string fr) => new(RefusalKind.NotFound, code, new(en, fr));
    public static Refusal Invalid(string code, string en, string fr, string? field = null) => new(RefusalKind.Invalid, code, new(en, fr), field);
    public static Refusal Usage(string code, string en, string fr, string? field = null) => new(RefusalKind.Usage, code, new(en, fr), field);
    public static Refusal Conflict(string code, string en, string fr) => new(RefusalKind.Conflict, code, new(en, fr));
    public static Refusal Forbidden(string code, string en, string fr) => new(RefusalKind.Forbidden, code, new(en, fr));
    public static Refusal TooMany(string code, string en, string fr) => new(RefusalKind.TooMany, code, new(en, fr));
}

/// <summary>
/// Invalid: well formed, but it cannot be done (422, exit code 1). Usage: the question itself is malformed (400, exit code 2).
/// TooMany: asked too often for now (429).
/// </summary>
public enum RefusalKind { Invalid, Usage, Forbidden, NotFound, Conflict, TooMany }

/// <summary>The result of a verb: a value, or the one reason it was refused. Expected failures only; a broken world and bugs throw.</summary>
public readonly record struct Outcome<T>
{
    readonly T? _value;

    Outcome(T? value, Refusal? refusal) => (_value, Refusal) = (value, refusal);

    public Refusal? Refusal { get; }

    public bool Ok => Refusal is null;

    public T Value => Refusal is null ? _value! : throw new InvalidOperationException(Refusal.Message.En);

    public static implicit operator Outcome<T>(T value) => new(value, null);
    public static implicit operator Outcome<T>(Refusal refusal) => new(default, refusal);
}
