using Entente.Core.Kernel;

namespace Entente.Core.Portfolio.Deadlines;

/// <summary>A secret address at which a calendar program reads one person's agenda. Only the hash of the secret is kept.</summary>
public sealed class CalendarFeed
{
    public int Id { get; init; }
    public required int Account { get; init; }

    /// <summary>What the person calls it, such as the program that reads it.</summary>
    public required string Name { get; init; }
    public required Lang Lang { get; init; }
    public required string TokenHash { get; init; }
    public required DateTimeOffset Made { get; init; }

    /// <summary>The day on which it was last read.</summary>
    public DateOnly? LastRead { get; init; }
    public DateTimeOffset? Withdrawn { get; set; }
}

/// <summary>How often a person is reminded by mail.</summary>
public enum ReminderPace { Day, Week, Never }

/// <summary>One person's choice of reminders; without a row, a mail a week in both languages.</summary>
public sealed class Reminder
{
    public required int Account { get; init; }
    public required ReminderPace Every { get; set; }
    public required Lang Lang { get; set; }
}
