using System.Globalization;
using System.Text.RegularExpressions;

namespace Entente.Core.Evidence.Cordis;

/// <summary>What values of a column look like: enough to tell when a row has slipped sideways.</summary>
public enum CordisForm { Text, Key, Pic, Flag, Activity, Country, Amount, Date, Whole, Role, Word, Status, Programme, Basis, Topic, Science, Path, Nuts, Place, Address, Doi }

/// <summary>A column of CORDIS as the table names it. Kept: it lands in the vintage.</summary>
public sealed record CordisColumn(string Name, CordisForm Form, bool Kept, params string[] Formerly)
{
    public bool Is(string header) =>
        Name.Equals(header, StringComparison.OrdinalIgnoreCase) || Formerly.Contains(header, StringComparer.OrdinalIgnoreCase);
}

static partial class CordisForms
{
    static readonly string[] DateForms = ["yyyy-MM-dd", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ss", "dd/MM/yyyy"];

    public static bool Fits(CordisForm form, string value) => form switch
    {
        CordisForm.Text => true,
        CordisForm.Key => KeyForm().IsMatch(value),
        CordisForm.Pic => value.Length == 0 || PicForm().IsMatch(value),
        CordisForm.Flag => value.Length == 0 || Flag(value) is not null,
        CordisForm.Activity => value is "" or "HES" or "REC" or "PRC" or "PUB" or "OTH",
        CordisForm.Country => value.Length == 0 || CountryForm().IsMatch(value),
        CordisForm.Amount => value.Length == 0 || Amount(value) is not null,
        CordisForm.Date => value.Length == 0 || Instant(value) is not null,
        CordisForm.Whole => value.All(char.IsAsciiDigit),
        CordisForm.Role => RoleForm().IsMatch(value),
        CordisForm.Word => !value.Contains(' ', StringComparison.Ordinal),
        CordisForm.Status => value.All(c => char.IsAsciiLetterUpper(c) || c == '_'),
        CordisForm.Programme => value.Length == 0 || ProgrammeForm().IsMatch(value),
        CordisForm.Basis => value.Length > 0 && ProgrammeForm().IsMatch(value),
        CordisForm.Topic => value.Length is > 0 and <= 200,
        CordisForm.Science => ScienceForm().IsMatch(value),
        CordisForm.Path => value.Length == 0 || value[0] == '/',
        CordisForm.Nuts => value.Length == 0 || NutsForm().IsMatch(value),
        CordisForm.Place => value.Length == 0 || PlaceForm().IsMatch(value),
        CordisForm.Address => value.Length == 0 || value.StartsWith("http", StringComparison.OrdinalIgnoreCase),
        CordisForm.Doi => value.Length == 0 || value.StartsWith("10.", StringComparison.Ordinal),
    };

    public static bool? Flag(string value) => value.ToLowerInvariant() switch
    {
        "true" or "1" or "y" or "yes" => true,
        "false" or "0" or "n" or "no" => false,
        _ => null,
    };

    /// <summary>An amount in euros, with a decimal point or a decimal comma, exact. Thousands are never separated in CORDIS.</summary>
    public static decimal? Amount(string value) =>
        AmountForm().IsMatch(value) && decimal.TryParse(value.Replace(',', '.'), NumberStyles.Number, CultureInfo.InvariantCulture, out var amount)
            ? amount : null;

    public static DateTime? Instant(string value) =>
        DateTime.TryParseExact(value, DateForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant) ? instant : null;

    [GeneratedRegex(@"^[A-Za-z0-9._/-]{1,40}\z")]
    private static partial Regex KeyForm();

    [GeneratedRegex(@"^[0-9]{9}\z")]
    private static partial Regex PicForm();

    [GeneratedRegex(@"^[A-Z]{2}\z")]
    private static partial Regex CountryForm();

    [GeneratedRegex(@"^-?[0-9]{1,20}([.,][0-9]{1,8})?\z")]
    private static partial Regex AmountForm();

    [GeneratedRegex(@"^[A-Za-z]{4,30}\z")]
    private static partial Regex RoleForm();

    [GeneratedRegex(@"^[A-Z][A-Z0-9]+([.&;, /_-]+[A-Za-z0-9]+)*\.?\z")]
    private static partial Regex ProgrammeForm();

    [GeneratedRegex(@"^(/[0-9]{1,9}){1,20}\z")]
    private static partial Regex ScienceForm();

    [GeneratedRegex(@"^[A-Z]{2}[A-Z0-9]{1,3}\z")]
    private static partial Regex NutsForm();

    [GeneratedRegex(@"^\(?-?[0-9.]+ *, *-?[0-9.]+\)?\z")]
    private static partial Regex PlaceForm();
}
