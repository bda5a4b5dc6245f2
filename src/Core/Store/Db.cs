using Entente.Core.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Entente.Core.Store;

/// <summary>
/// The relational store. The schema is owned by migrations/*.sql; this class only maps to it, and knows no module:
/// each module brings its own mapping (IEntityTypeConfiguration) and names its own tables (extension members on Db).
/// </summary>
public sealed class Db(DbContextOptions<Db> options) : DbContext(options)
{
    public DbSet<JournalEntry> Journal => Set<JournalEntry>();
    public DbSet<Setting> Settings => Set<Setting>();

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.ApplyConfigurationsFromAssembly(typeof(Db).Assembly);
        model.Entity<JournalEntry>().ToTable("journal");
        model.Entity<Setting>().ToTable("setting").HasKey(s => s.Name);
        Names.ToSnakeCase(model);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        foreach (var id in typeof(Db).Assembly.GetTypes().Where(IsId))
            conventions.Properties(id).HaveConversion(typeof(IdConverter<>).MakeGenericType(id));
        conventions.Properties<DateTimeOffset>().HaveConversion<UtcText>();
        conventions.Properties<Enum>().HaveConversion<string>();
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
