using Entente.Core.Portfolio;
using Entente.Core.Store;
using Entente.Core.Store.Journal;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using static Entente.Core.Portfolio.Column;

namespace Entente.Core.Claims;

public static class ClaimsTables
{
    extension(Db db)
    {
        public DbSet<Claim> Claims => db.Set<Claim>();
    }
}

sealed class ClaimsMapping : IEntityTypeConfiguration<Claim>
{
    public void Configure(EntityTypeBuilder<Claim> b)
    {
        b.ToTable("claim").BelongsTo("claims", c => c.Key).HasKey(c => c.Key);
        b.Property(c => c.Source).HasConversion<CitationsText>();
        b.Ignore(c => c.SaidTopic).Ignore(c => c.SaidText).Ignore(c => c.OrganisationKeys).Ignore(c => c.Quoted).Ignore(c => c.Subject);
    }
}

/// <summary>The table that this module adds to a portfolio folder.</summary>
sealed class ClaimsFiles : PortfolioFileSet
{
    public override IReadOnlyList<PortfolioFile> Files { get; } =
    [
        new PortfolioFile("claims", new("Published figures.", "Chiffres publiés."),
            [Column.Key(), Must("topic"), Must("topic_fr"), ToAll("organisations", "organisations"), To("institute", "organisations"), To("structure", "structures"),
                To("instrument", "instruments"), Column.Country("country"), Must("measure"), Must("text"), Must("text_fr"), Must("value"), Must("unit"),
                Choice<ClaimKind>("kind"), Must("period"), Text("data"), Text("counting"), To("numerator", "claims"), Text("figure"), Text("programme"),
                .. Column.Cited],
            typeof(Claim), Make)
        {
            Check = row => Wording.Parse(row.Must("value")) is { Ok: false, Refusal: { } refusal } ? new("value", refusal.Message)
                : row.Wording is { } quoted && !row.Must("value").Contains(quoted, StringComparison.Ordinal)
                    ? new("wording", new("the quoted words must occur in the value.", "les mots cités doivent figurer dans la valeur."))
                : null,
        },
    ];

    static Claim Make(Row row) => new()
    {
        Key = row.Must("key"), Topic = row.Must("topic"), TopicFr = row.Must("topic_fr"), Organisations = row.Text("organisations"),
        Institute = row.Text("institute"), Structure = row.Text("structure"), Instrument = row.Text("instrument"), Country = row.Text("country"),
        Measure = row.Must("measure"), Text = row.Must("text"), TextFr = row.Must("text_fr"), Value = row.Must("value"), Unit = row.Must("unit"),
        Kind = row.Choice<ClaimKind>("kind"), Period = row.Must("period"), Data = row.Text("data"), Counting = row.Text("counting"),
        Numerator = row.Text("numerator"), Figure = row.Text("figure"), Programme = row.Text("programme"), Source = row.Source, Wording = row.Wording,
        Audience = row.Audience,
    };
}
