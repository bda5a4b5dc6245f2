using Entente.Core.Store;
using Entente.Core.Store.Journal;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Entente.Core.Portfolio.Rules;

/// <summary>What people say about findings and disagreements.</summary>
public static class RuleTables
{
    extension(Db db)
    {
        public DbSet<Contest> Contests => db.Set<Contest>();
        public DbSet<Settlement> Settlements => db.Set<Settlement>();
    }
}

sealed class RuleMapping : IEntityTypeConfiguration<Contest>, IEntityTypeConfiguration<Settlement>
{
    public void Configure(EntityTypeBuilder<Contest> b) => b.ToTable("contest").BelongsTo(c => c.Subject);
    public void Configure(EntityTypeBuilder<Settlement> b) => b.ToTable("settlement").BelongsTo(s => s.Subject);
}
