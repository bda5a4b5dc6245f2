using System.Globalization;
using Entente.Core.Kernel;
using Entente.Core.Store;

namespace Entente.Core.Portfolio.Sheets.Intake;

/// <summary>The source that a file becomes: what it states is cited as any other statement, by the line of the sheet.</summary>
static class IntakeSource
{
    public static Source Of(Work work, RecordTables tables, OpenedIntake opened)
    {
        var number = 1;
        while (tables.Find("sources", Key(number)) is not null) number++;
        var day = DateOnly.FromDateTime(opened.Staged.Made.UtcDateTime);
        return new Source
        {
            Key = Key(number), Kind = SourceKind.Register, Title = Given(opened.Mapping.SourceTitle) ?? $"Table imported on {new PartialDate(day.Year, day.Month, day.Day)}",
            Publisher = Given(opened.Mapping.SourcePublisher) ?? Publisher(work.Actor, tables), DateNote = $"SHA-256 {opened.Staged.Sha256}", DateNoteFr = $"SHA-256 {opened.Staged.Sha256}",
            KnownBy = new PartialDate(day.Year, day.Month, day.Day), Audience = Audience.Parse(opened.Mapping.Audience) ?? Audience.Nobody,
        };
    }

    static string Key(int number) => string.Create(CultureInfo.InvariantCulture, $"T{number}");

    static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    static string Publisher(Actor actor, RecordTables tables) =>
        actor.Sides.Select(side => tables.Find("organisations", side)?.Cells["name"]).OfType<string>().FirstOrDefault() ?? "Entente";
}
