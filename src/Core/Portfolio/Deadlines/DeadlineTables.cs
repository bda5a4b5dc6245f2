using System.Globalization;
using Entente.Core.Store;
using Entente.Core.Store.Journal;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Entente.Core.Portfolio.Deadlines;

/// <summary>The tables of deadlines, named on Db.</summary>
public static class DeadlineTables
{
    extension(Db db)
    {
        public DbSet<Deadline> Deadlines => db.Set<Deadline>();
        public DbSet<CalendarFeed> CalendarFeeds => db.Set<CalendarFeed>();
        public DbSet<Reminder> Reminders => db.Set<Reminder>();
    }
}

sealed class DeadlineMapping : IEntityTypeConfiguration<Deadline>, IEntityTypeConfiguration<CalendarFeed>, IEntityTypeConfiguration<Reminder>
{
    public void Configure(EntityTypeBuilder<Deadline> b)
    {
        PortfolioMapping.Keyed(b, "deadline", "deadlines", d => d.Key);
        b.Property(d => d.Due).HasConversion<PartialDateText>();
        b.Ignore(d => d.SaidTitle);
    }

    public void Configure(EntityTypeBuilder<CalendarFeed> b)
    {
        b.ToTable("calendar_feed").BelongsTo("accounts", f => f.Account);
        b.Property(f => f.Name).Secret();
        b.Property(f => f.TokenHash).Secret();
        b.Property(f => f.LastRead).HasConversion(day => day!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            text => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    public void Configure(EntityTypeBuilder<Reminder> b)
    {
        b.ToTable("reminder").BelongsTo("accounts", r => r.Account).HasKey(r => r.Account);
        b.Property(r => r.Account).ValueGeneratedNever();
    }
}
