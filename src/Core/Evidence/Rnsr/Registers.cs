using Entente.Core.Kernel;
using Entente.Core.Store;

namespace Entente.Core.Evidence.Rnsr;

/// <summary>One imported state of the register, whole in memory (a few thousand entries), in order of number.</summary>
public sealed class Register
{
    readonly Dictionary<string, RegisterEntry> _byNumber;
    readonly ILookup<string, RegisterEntry> _byCode, _byName;

    internal Register(Manifest manifest, IReadOnlyList<RegisterEntry> entries)
    {
        (Manifest, Entries) = (manifest, entries);
        _byNumber = entries.ToDictionary(e => e.Number, StringComparer.OrdinalIgnoreCase);
        _byCode = entries.SelectMany(e => e.Codes.Select(Plain).Distinct().Select(code => (code, e))).ToLookup(x => x.code, x => x.e);
        _byName = entries.SelectMany(e => new[] { e.Name, e.Acronym }.Select(Folded).Where(n => n.Length > 0).Distinct().Select(name => (name, e)))
            .ToLookup(x => x.name, x => x.e);
    }

    public Manifest Manifest { get; }
    public IReadOnlyList<RegisterEntry> Entries { get; }

    /// <summary>By national number, such as 201822677A.</summary>
    public RegisterEntry? ByNumber(string number) => _byNumber.GetValueOrDefault(number.Trim());

    /// <summary>By label and number, however spaced: "UMI 3654", "IRL3654". Several structures may have borne one code.</summary>
    public IReadOnlyList<RegisterEntry> ByCode(string code) => [.. _byCode[Plain(code)]];

    /// <summary>By exact name or acronym, whatever the case.</summary>
    public IReadOnlyList<RegisterEntry> ByName(string name) => [.. _byName[Folded(name)]];

    /// <summary>
    /// International joint units (type 23), all or those that name an establishment among their supervisors and participants, by
    /// acronym. The type is the register's: one unit of it in 2022 is no laboratory abroad (202224210Z, a support unit in Talence).
    /// </summary>
    public IReadOnlyList<RegisterEntry> International(string? supervisor = null) =>
        [.. Entries.Where(e => e.IsInternational && (supervisor is null || e.IsSupervisedBy(supervisor)))];

    static string Plain(string code) => string.Concat(code.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    static string Folded(string name) => name.Trim().ToLowerInvariant();
}

public static class Registers
{
    sealed record Kept(string Folder, Register Register);

    static Kept? _last;

    /// <summary>The newest imported register; refused when there is none.</summary>
    public static Outcome<Register> Open(Work work, string? vintage = null)
    {
        var manifest = Vintages.Find(work.Folder, VintageKind.Rnsr, vintage);
        if (manifest.Refusal is { } none) return none;
        // A vintage never changes, so the last one read may be kept; a repair renews the time of import.
        if (_last is { Register.Manifest: var last } kept && kept.Folder == work.Folder.Root
            && (last.Id, last.ImportedAt) == (manifest.Value.Id, manifest.Value.ImportedAt)) return kept.Register;
        using var segment = Vintages.OpenSegment(work.Folder, manifest.Value, RegisterSegment.Name);
        var register = new Register(manifest.Value, Vintages.Guard(manifest.Value, () => RegisterSegment.Read(segment)));
        _last = new(work.Folder.Root, register);
        return register;
    }

    /// <summary>Every entry of the newest register, in order of number; empty when none was imported.</summary>
    public static IReadOnlyList<RegisterEntry> Entries(Work work) => Open(work) is { Ok: true } opened ? opened.Value.Entries : [];
}
