using Entente.Core.Kernel;

namespace Entente.Web.Shell.Forms;

/// <summary>What is wrong with one field. Field is the name of its control, which is also the anchor that the summary links to.</summary>
public sealed record FieldError(string Field, Said What);

/// <summary>
/// What stands in the fields of a form: what was typed where a save was refused, else what is on record; and what is wrong with it.
/// A field that was not posted falls back to its own value, so that nothing typed is ever lost.
/// </summary>
public sealed record Entered(IReadOnlyDictionary<string, string> Values, IReadOnlyList<FieldError> Errors)
{
    public static Entered Nothing { get; } = new(new Dictionary<string, string>(), []);

    public static Entered Of(IFormCollection form, params IEnumerable<FieldError> errors) =>
        new(form.Where(f => !f.Key.StartsWith("__", StringComparison.Ordinal)).ToDictionary(f => f.Key, f => f.Value.ToString()), [.. errors]);

    /// <summary>What a refused verb said, on the form that asked it.</summary>
    public static Entered Of(IFormCollection form, Refusal refusal) => Of(form, new FieldError(refusal.Field ?? "", refusal.Message));

    public string? this[string field] => Values.GetValueOrDefault(field);

    public Said? ErrorOf(string field) => Errors.Where(e => e.Field == field).Select(e => (Said?)e.What).FirstOrDefault();
}

/// <summary>One of the values that a field offers.</summary>
public sealed record Option(string Value, string Text, string? Lang = null);
