using System.Linq.Expressions;
using Entente.Core.Store;
using Entente.Core.Store.Journal;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Entente.Core.Portfolio;

/// <summary>The tables of this module, named on Db.</summary>
public static class PortfolioTables
{
    extension(Db db)
    {
        public DbSet<Source> Sources => db.Set<Source>();
        public DbSet<Organisation> Organisations => db.Set<Organisation>();
        public DbSet<OrganisationName> OrganisationNames => db.Set<OrganisationName>();
        public DbSet<Identifier> Identifiers => db.Set<Identifier>();
        public DbSet<Instrument> Instruments => db.Set<Instrument>();
        public DbSet<Label> Labels => db.Set<Label>();
        public DbSet<Rule> Rules => db.Set<Rule>();
        public DbSet<Structure> Structures => db.Set<Structure>();
        public DbSet<Act> Acts => db.Set<Act>();
        public DbSet<Agreement> Agreements => db.Set<Agreement>();
        public DbSet<Party> Parties => db.Set<Party>();
        public DbSet<Site> Sites => db.Set<Site>();
        public DbSet<Belonging> Belongings => db.Set<Belonging>();
        public DbSet<Person> People => db.Set<Person>();
        public DbSet<Role> Roles => db.Set<Role>();
        public DbSet<Theme> Themes => db.Set<Theme>();
        public DbSet<Fact> Facts => db.Set<Fact>();
        public DbSet<Note> Notes => db.Set<Note>();
    }
}

// The tables keep the keys that people write in the files as their primary keys, so that an address such as /structures/majulab
// and a citation such as S3 survive a reload; rows without a key of their own are numbered.
sealed class PortfolioMapping :
    IEntityTypeConfiguration<Source>, IEntityTypeConfiguration<Organisation>, IEntityTypeConfiguration<OrganisationName>,
    IEntityTypeConfiguration<Identifier>, IEntityTypeConfiguration<Instrument>, IEntityTypeConfiguration<Label>,
    IEntityTypeConfiguration<Rule>, IEntityTypeConfiguration<Structure>, IEntityTypeConfiguration<Act>,
    IEntityTypeConfiguration<Party>, IEntityTypeConfiguration<Site>, IEntityTypeConfiguration<Belonging>,
    IEntityTypeConfiguration<Person>, IEntityTypeConfiguration<Role>, IEntityTypeConfiguration<Theme>,
    IEntityTypeConfiguration<Fact>, IEntityTypeConfiguration<Note>, IEntityTypeConfiguration<Agreement>
{
    public void Configure(EntityTypeBuilder<Source> b)
    {
        b.ToTable("source").BelongsTo("sources", s => s.Key).HasKey(s => s.Key);
        b.Property(s => s.Date).HasConversion<PartialDateText>();
        b.Property(s => s.KnownBy).HasConversion<PartialDateText>();
        b.Property(s => s.Retrieved).HasConversion<PartialDateText>();
    }

    public void Configure(EntityTypeBuilder<Organisation> b) => Keyed(b, "organisation", "organisations", o => o.Key);
    public void Configure(EntityTypeBuilder<Instrument> b)
    {
        Keyed(b, "instrument", "instruments", i => i.Key);
        b.Ignore(i => i.SaidName);
        b.Ignore(i => i.SaidDescription);
    }

    public void Configure(EntityTypeBuilder<Structure> b)
    {
        Keyed(b, "structure", "structures", s => s.Key);
        b.Ignore(s => s.SaidName);
    }

    public void Configure(EntityTypeBuilder<Person> b) => Keyed(b, "person", "people", p => p.Key);
    public void Configure(EntityTypeBuilder<OrganisationName> b) => Dated(b, "organisation_name", "organisations", x => x.Organisation);
    public void Configure(EntityTypeBuilder<Identifier> b) => Dated(b, "identifier", "structures", x => x.Structure);
    public void Configure(EntityTypeBuilder<Label> b) => Dated(b, "label", "instruments", x => x.Instrument);
    public void Configure(EntityTypeBuilder<Rule> b) => Dated(b, "rule", "instruments", x => x.Instrument);

    public void Configure(EntityTypeBuilder<Act> b)
    {
        Dated(b, "act", "structures", x => x.Structure);
        b.Ignore(a => a.SaidWhat);
    }

    public void Configure(EntityTypeBuilder<Agreement> b)
    {
        Keyed(b, "agreement", "agreements", a => a.Key);
        b.Ignore(a => a.SaidTitle);
    }

    public void Configure(EntityTypeBuilder<Party> b) => Dated(b, "party", "structures", x => x.Structure);
    public void Configure(EntityTypeBuilder<Site> b) => Dated(b, "site", "structures", x => x.Structure);
    public void Configure(EntityTypeBuilder<Belonging> b) => Dated(b, "belonging", "structures", x => x.Structure);
    public void Configure(EntityTypeBuilder<Role> b) => Dated(b, "person_role", "structures", x => x.Structure);

    public void Configure(EntityTypeBuilder<Theme> b)
    {
        Dated(b, "theme", "structures", x => x.Structure);
        b.Ignore(t => t.Said);
    }

    public void Configure(EntityTypeBuilder<Fact> b)
    {
        Dated(b, "fact", "structures", x => x.Structure);
        b.Ignore(f => f.Said);
    }

    public void Configure(EntityTypeBuilder<Note> b)
    {
        Dated(b, "note", "structures", x => x.Structure);
        b.Ignore(n => n.Said);
    }

    internal static void Keyed<T>(EntityTypeBuilder<T> b, string table, string record, Expression<Func<T, object?>> key) where T : Cited
    {
        b.HasKey(key);
        Dated(b, table, record, key);
    }

    static void Dated<T>(EntityTypeBuilder<T> b, string table, string record, Expression<Func<T, object?>> owner) where T : Cited
    {
        b.ToTable(table).BelongsTo(record, owner);
        b.Property(c => c.Source).HasConversion<CitationsText>();
        foreach (var date in typeof(T).GetProperties().Where(p => p.PropertyType == typeof(PartialDate?)))
            b.Property(date.Name).HasConversion<PartialDateText>();
    }
}
