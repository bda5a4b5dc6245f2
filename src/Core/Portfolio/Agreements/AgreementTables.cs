using System.Linq.Expressions;
using Entente.Core.Store;
using Entente.Core.Store.Journal;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Entente.Core.Portfolio.Agreements;

/// <summary>The tables of agreements, named on Db.</summary>
public static class AgreementTables
{
    extension(Db db)
    {
        public DbSet<Signature> Signatures => db.Set<Signature>();
        public DbSet<Money> Money => db.Set<Money>();
        public DbSet<Shared> Shared => db.Set<Shared>();
        public DbSet<Suspension> Suspensions => db.Set<Suspension>();
        public DbSet<Amendment> Amendments => db.Set<Amendment>();
        public DbSet<Approval> Approvals => db.Set<Approval>();
        public DbSet<Document> Documents => db.Set<Document>();
    }
}

sealed class AgreementMapping :
    IEntityTypeConfiguration<Signature>, IEntityTypeConfiguration<Money>, IEntityTypeConfiguration<Shared>, IEntityTypeConfiguration<Suspension>,
    IEntityTypeConfiguration<Amendment>, IEntityTypeConfiguration<Approval>, IEntityTypeConfiguration<Document>, IEntityTypeConfiguration<DocumentContent>
{
    public void Configure(EntityTypeBuilder<Signature> b) => Fact(b, "signature", "agreements", s => s.Agreement);

    public void Configure(EntityTypeBuilder<Money> b)
    {
        Fact(b, "money", "structures", m => m.Structure);
        b.Property(m => m.Amount).HasConversion<AmountText>();
    }

    public void Configure(EntityTypeBuilder<Shared> b)
    {
        Fact(b, "shared", "structures", s => s.Structure);
        b.Ignore(s => s.SaidName);
    }

    public void Configure(EntityTypeBuilder<Suspension> b) => Fact(b, "suspension", "structures", s => s.Structure);

    public void Configure(EntityTypeBuilder<Amendment> b) => b.ToTable("amendment").BelongsTo("agreements", a => a.Agreement);
    public void Configure(EntityTypeBuilder<Approval> b) => b.ToTable("approval").BelongsTo(a => a.Subject);
    public void Configure(EntityTypeBuilder<Document> b) => b.ToTable("document").BelongsTo(d => d.Subject);

    // Its hash stands in the row of the document, whose lines tell of it; twenty megabytes would not fit a line.
    public void Configure(EntityTypeBuilder<DocumentContent> b) => b.ToTable("document_content").Unjournalled().HasKey(c => c.Sha256);

    static void Fact<T>(EntityTypeBuilder<T> b, string table, string record, Expression<Func<T, object?>> owner) where T : Cited
    {
        b.ToTable(table).BelongsTo(record, owner);
        b.Property(c => c.Source).HasConversion<CitationsText>();
        foreach (var date in typeof(T).GetProperties().Where(p => p.PropertyType == typeof(PartialDate?) || p.PropertyType == typeof(PartialDate)))
            b.Property(date.Name).HasConversion<PartialDateText>();
    }
}
