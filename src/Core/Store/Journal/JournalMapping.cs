using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Entente.Core.Store.Journal;

/// <summary>What a mapping says of its table to the journal.</summary>
public static class JournalMapping
{
    const string Unkept = "Entente:Unjournalled", Masked = "Entente:Secret", Owner = "Entente:Record", OwnerKey = "Entente:RecordKey";

    /// <summary>The table is no part of the record: a session, a counter, an index. Its rows leave no lines.</summary>
    public static EntityTypeBuilder<T> Unjournalled<T>(this EntityTypeBuilder<T> b) where T : class => b.HasAnnotation(Unkept, true);

    /// <summary>The journal tells that the column changed, never what it holds.</summary>
    public static PropertyBuilder<T> Secret<T>(this PropertyBuilder<T> b) => b.HasAnnotation(Masked, true);

    /// <summary>Rows belong to the record kind/KEY, where KEY is what the property holds; a row without it belongs to itself.</summary>
    /// <param name="kind">as in addresses: structures, organisations</param>
    public static EntityTypeBuilder<T> BelongsTo<T>(this EntityTypeBuilder<T> b, string kind, Expression<Func<T, object?>> key) where T : class =>
        b.HasAnnotation(Owner, kind).HasAnnotation(OwnerKey, NameOf(key.Body));

    /// <summary>Rows belong to the record whose whole address the property holds.</summary>
    public static EntityTypeBuilder<T> BelongsTo<T>(this EntityTypeBuilder<T> b, Expression<Func<T, object?>> address) where T : class =>
        b.HasAnnotation(Owner, "").HasAnnotation(OwnerKey, NameOf(address.Body));

    static string NameOf(Expression body) => body switch
    {
        MemberExpression member => member.Member.Name,
        UnaryExpression { Operand: MemberExpression member } => member.Member.Name,
        _ => throw new ArgumentException($"Not a property: {body}", nameof(body)),
    };

    internal static bool IsJournalled(this IReadOnlyEntityType type) => type.FindAnnotation(Unkept) is null;
    internal static bool IsSecret(this IReadOnlyProperty property) => property.FindAnnotation(Masked) is not null;
    internal static string? OwnerKind(this IReadOnlyEntityType type) => (string?)type.FindAnnotation(Owner)?.Value;
    internal static string? OwnerKeyProperty(this IReadOnlyEntityType type) => (string?)type.FindAnnotation(OwnerKey)?.Value;
}

sealed class JournalTables : IEntityTypeConfiguration<JournalEntry>, IEntityTypeConfiguration<JournalChange>, IEntityTypeConfiguration<JournalHead>
{
    public void Configure(EntityTypeBuilder<JournalEntry> b)
    {
        b.ToTable("journal").Unjournalled();
        b.Property(j => j.Id).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<JournalChange> b) => b.ToTable("journal_change").Unjournalled().HasKey(c => new { c.Line, c.Position });

    public void Configure(EntityTypeBuilder<JournalHead> b)
    {
        b.ToTable("journal_head").Unjournalled();
        b.Property(h => h.Id).ValueGeneratedNever();
    }
}
