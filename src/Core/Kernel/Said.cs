namespace Entente.Core.Kernel;

public enum Lang { En, Fr }

/// <summary>A sentence in both languages, side by side where it is said, so that neither can be forgotten.</summary>
public readonly record struct Said(string En, string Fr)
{
    public string In(Lang lang) => lang switch { Lang.En => En, Lang.Fr => Fr };

    /// <summary>A name or a quotation: the same in both languages.</summary>
    public static Said Same(string text) => new(text, text);

    public override string ToString() => En;
}
