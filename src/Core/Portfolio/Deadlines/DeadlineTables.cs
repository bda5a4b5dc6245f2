using Entente.Core.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Entente.Core.Portfolio.Deadlines;

/// <summary>The tables of deadlines, named on Db.</summary>
public static class DeadlineTables
{
    extension(Db db)
    {
        public DbSet<Deadline> Deadlines => db.Set<Deadline>();
    }
}

sealed class DeadlineMapping : IEntityTypeConfiguration<Deadline>
{
    public void Configure(EntityTypeBuilder<Deadline> b)
    {
        PortfolioMapping.Keyed(b, "deadline", "deadlines", d => d.Key);
        b.Property(d => d.Due).HasConversion<PartialDateText>();
        b.Ignore(d => d.SaidTitle);
    }
}
