using Entente.Core.Store;
using Entente.Core.Store.Journal;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Entente.Core.Portfolio.Sheets.Intake;

/// <summary>
/// A file that somebody is importing. Its bytes are kept until it is run or thrown away, and 30 days at most; after the run they are
/// the refused rows, to be corrected and imported again.
/// </summary>
public sealed class StagedIntake
{
    public int Id { get; init; }

    /// <summary>Whoever stages it, and nobody else sees it; null for the command line.</summary>
    public int? Account { get; init; }

    /// <summary>The file's name, shown to its owner and used for nothing else.</summary>
    public required string Label { get; init; }
    public required byte[] Bytes { get; set; }

    /// <summary>Of the file as it came.</summary>
    public required string Sha256 { get; init; }
    public required string Mapping { get; set; }
    public required IntakeState State { get; set; }
    public required DateTimeOffset Made { get; init; }
    public DateTimeOffset? Ended { get; set; }

    /// <summary>The line of the journal that tells of the run.</summary>
    public int? Line { get; set; }
    public int Added { get; set; }
    public int Changed { get; set; }
    public int Unchanged { get; set; }
    public int Refused { get; set; }
}

public enum IntakeState { Staged, Done, Undone }

/// <summary>How an account last read a sheet of these headings.</summary>
public sealed class IntakeShape
{
    public required string Shape { get; init; }

    /// <summary>0 for the command line.</summary>
    public required int Account { get; init; }
    public required string Mapping { get; set; }
}

public static class IntakeTables
{
    extension(Db db)
    {
        public DbSet<StagedIntake> Intakes => db.Set<StagedIntake>();
        public DbSet<IntakeShape> IntakeShapes => db.Set<IntakeShape>();
    }
}

// Not the record: what comes of a run is, and has its line.
sealed class IntakeMapping : IEntityTypeConfiguration<StagedIntake>, IEntityTypeConfiguration<IntakeShape>
{
    public void Configure(EntityTypeBuilder<StagedIntake> b) => b.ToTable("intake").Unjournalled();
    public void Configure(EntityTypeBuilder<IntakeShape> b) => b.ToTable("intake_shape").Unjournalled().HasKey(s => new { s.Shape, s.Account });
}
