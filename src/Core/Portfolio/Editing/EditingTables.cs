using Entente.Core.Store;
using Entente.Core.Store.Journal;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using static Entente.Core.Portfolio.Column;

namespace Entente.Core.Portfolio.Editing;

/// <summary>That one structure came after another: what it was renewed as, split into, merged into or renamed.</summary>
public sealed class Succession : Cited
{
    public int Id { get; init; }
    public required string Structure { get; init; }
    public required string Successor { get; init; }
    public required SuccessionKind Kind { get; init; }
    public PartialDate? Date { get; init; }
}

public enum SuccessionKind { Renewed, Split, Merged, Renamed }

/// <summary>A sustainable development goal, 1 to 17, that a structure declares.</summary>
public sealed class DeclaredGoal : Cited
{
    public int Id { get; init; }
    public required string Structure { get; init; }
    public required int Goal { get; init; }
}

/// <summary>A source that supports one field of a record, where it is not the source of the record as a whole.</summary>
public sealed class FieldCitation : Cited
{
    public int Id { get; init; }

    /// <summary>Address of the record, such as structures/majulab.</summary>
    public required string Subject { get; init; }

    /// <summary>Column of the record's table, such as name.</summary>
    public required string Field { get; init; }
}

public static class EditingTables
{
    extension(Db db)
    {
        public DbSet<Succession> Successions => db.Set<Succession>();
        public DbSet<DeclaredGoal> Goals => db.Set<DeclaredGoal>();
        public DbSet<FieldCitation> FieldCitations => db.Set<FieldCitation>();
    }
}

sealed class EditingMapping : IEntityTypeConfiguration<Succession>, IEntityTypeConfiguration<DeclaredGoal>, IEntityTypeConfiguration<FieldCitation>
{
    public void Configure(EntityTypeBuilder<Succession> b)
    {
        b.ToTable("succession").BelongsTo("structures", s => s.Structure);
        b.Property(s => s.Source).HasConversion<CitationsText>();
        b.Property(s => s.Date).HasConversion<PartialDateText>();
    }

    public void Configure(EntityTypeBuilder<DeclaredGoal> b)
    {
        b.ToTable("goal").BelongsTo("structures", g => g.Structure);
        b.Property(g => g.Source).HasConversion<CitationsText>();
    }

    public void Configure(EntityTypeBuilder<FieldCitation> b)
    {
        b.ToTable("citation").BelongsTo(c => c.Subject);
        b.Property(c => c.Source).HasConversion<CitationsText>();
    }
}

/// <summary>The tables of a portfolio folder for lineage between structures, declared goals and the sources of single fields.</summary>
sealed class EditingFiles : PortfolioFileSet
{
    const int Goals = 17;

    public override IReadOnlyList<PortfolioFile> Files { get; } =
    [
        new("successions", new("Which structure came after which.", "Quelle structure a succédé à quelle autre."),
            [To("structure", "structures", true), To("successor", "structures", true), Choice<SuccessionKind>("kind"), Date("date"), .. Column.Cited],
            typeof(Succession),
            row => new Succession
            {
                Structure = row.Must("structure"), Successor = row.Must("successor"), Kind = row.Choice<SuccessionKind>("kind"), Date = row.Date("date"),
                Source = row.Source, Wording = row.Wording, Audience = row.Audience,
            })
        {
            Check = row => row.Text("structure") == row.Text("successor")
                ? new("successor", new("a structure cannot succeed itself.", "une structure ne peut pas se succéder à elle-même.")) : null,
        },
        new("goals", new("Sustainable development goals that a structure declares.", "Objectifs de développement durable qu’une structure déclare."),
            [To("structure", "structures", true), Number("goal", true), .. Column.Cited],
            typeof(DeclaredGoal),
            row => new DeclaredGoal
            {
                Structure = row.Must("structure"), Goal = row.Number("goal")!.Value, Source = row.Source, Wording = row.Wording, Audience = row.Audience,
            })
        {
            Check = row => row.Number("goal") is >= 1 and <= Goals ? null : new("goal", new("the goals are numbered 1 to 17.", "les objectifs sont numérotés de 1 à 17.")),
        },
        new("citations", new("Sources of single fields.", "Sources de champs isolés."),
            [Must("subject"), Must("field"), .. Column.Cited],
            typeof(FieldCitation),
            row => new FieldCitation
            {
                Subject = row.Must("subject"), Field = row.Must("field"), Source = row.Source, Wording = row.Wording, Audience = row.Audience,
            })
        {
            Check = row => FieldCiting.Complaint(row.Must("subject"), row.Must("field")),
        },
    ];
}
