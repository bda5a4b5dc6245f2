using System.Diagnostics;
using Entente.Core.Kernel;
using Entente.Core.Store.Journal;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Entente.Core.Store;

/// <summary>
/// The relational store. The schema is owned by migrations/*.sql; this class only maps to it, and knows no module:
/// each module brings its own mapping (IEntityTypeConfiguration) and names its own tables (extension members on Db).
/// </summary>
public sealed class Db(DbContextOptions<Db> options) : DbContext(options)
{
    int _told;

    /// <summary>Which database this is, told apart from every other. May hold a password.</summary>
    internal string Place { get => field ??= Database.GetConnectionString()!; init; }

    /// <summary>
    /// The head of the journal as this unit of work saw it before it read: what it reads may be as of then. Null where nobody looked,
    /// and once it has begun to write.
    /// </summary>
    internal string? SeenHead { get; set; }

    public DbSet<JournalEntry> Journal => Set<JournalEntry>();
    public DbSet<Setting> Settings => Set<Setting>();

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.ApplyConfigurationsFromAssembly(typeof(Db).Assembly);
        model.Entity<Setting>().ToTable("setting").BelongsTo("settings", s => s.Name).HasKey(s => s.Name);
        Names.ToSnakeCase(model);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        foreach (var id in typeof(Db).Assembly.GetTypes().Where(IsId))
            conventions.Properties(id).HaveConversion(typeof(IdConverter<>).MakeGenericType(id));
        conventions.Properties<DateTimeOffset>().HaveConversion<UtcText>();
        conventions.Properties<Enum>().HaveConversion<string>();
        conventions.Properties<Audience>().HaveConversion<AudienceText>();
    }

    /// <summary>
    /// Begins a transaction that holds the record's only pen: what is read in it stays true until it is written. SQLite lets in one
    /// writer by itself; on PostgreSQL every writer takes the row of the journal's head.
    /// </summary>
    public async Task<IDbContextTransaction> BeginWriteAsync(CancellationToken ct)
    {
        SeenHead = null;
        var transaction = await Database.BeginTransactionAsync(ct);
        if (Database.IsNpgsql()) await Database.ExecuteSqlRawAsync("select 1 from journal_head where id = 1 for update", ct);
        return transaction;
    }

    /// <summary>Saves what is tracked together with its line of the journal. A change that no line tells of is a bug.</summary>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken ct = default)
    {
        var lines = ChangeTracker.Entries<JournalEntry>().Where(e => e.State == EntityState.Added).Select(e => e.Entity).ToList();
        var pending = Pending.Of(ChangeTracker);
        if (lines.Count == 0 && pending.Any) throw new UnreachableException($"A write to {pending.First} has no line in the journal.");
        if (lines.Count == 0) return await base.SaveChangesAsync(acceptAllChangesOnSuccess, ct);
        await using var own = Database.CurrentTransaction is null ? await BeginWriteAsync(ct) : null;
        foreach (var line in lines) Entry(line).State = EntityState.Detached;
        var saved = await base.SaveChangesAsync(true, ct);
        await AppendAsync(lines, pending, ct);
        if (own is not null) await own.CommitAsync(ct);
        return saved;
    }

    /// <summary>Holds a line until the next save, which numbers it. Until then it is known by a number below 0: one save may be told by several lines.</summary>
    internal void Tell(JournalEntry line)
    {
        line.Id = --_told;
        Add(line);
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess) => throw new NotSupportedException("Writes are asynchronous: SaveChangesAsync.");

    async Task AppendAsync(List<JournalEntry> lines, Pending pending, CancellationToken ct)
    {
        SeenHead = null;
        if (Database.IsNpgsql()) await Database.ExecuteSqlRawAsync("select 1 from journal_head where id = 1 for update", ct);
        var head = await Set<JournalHead>().AsNoTracking().SingleAsync(ct);
        foreach (var line in lines)
        {
            line.Id = ++head.Line;
            // All the changes of one save are told by its first line.
            var changes = line == lines[0] ? [.. pending.Changes(line.Id)] : (List<JournalChange>)[];
            line.Salt = Chain.NewSalt();
            line.ContentHash = Chain.OfContent(line);
            line.ChangesHash = Chain.OfChanges(changes.Select(c => c.Hash));
            line.Hash = head.Hash = Chain.OfLine(head.Hash.Length == 0 ? Chain.Start : head.Hash, line);
            Add(line);
            AddRange(changes);
        }
        await base.SaveChangesAsync(true, ct);
        await Database.ExecuteSqlAsync($"update journal_head set line = {head.Line}, hash = {head.Hash} where id = 1", ct);
        foreach (var told in ChangeTracker.Entries().Where(e => e.Entity is JournalEntry or JournalChange).ToList()) told.State = EntityState.Detached;
    }

    static bool IsId(Type type) =>
        type.IsValueType && type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IId<>));

    sealed class IdConverter<T>() : ValueConverter<T, int>(id => id.Value, value => Make<T>(value)) where T : struct, IId<T>;

    static T Make<T>(int value) where T : struct, IId<T> => T.From(value);
}

/// <summary>One remembered choice of this installation, such as the portfolio it was started with.</summary>
public sealed class Setting
{
    public required string Name { get; init; }
    public required string Value { get; set; }
}
