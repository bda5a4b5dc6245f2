using Entente.Core.Kernel;
using Entente.Core.Store;
using Npgsql;

namespace Entente.Core.Tests.Store;

public sealed class StoreAddressTests
{
    [Theory]
    [InlineData("postgresql://ann:p%40ss@db.example:6432/entente?sslmode=verify-full")]
    [InlineData("postgres://ann:p%40ss@db.example:6432/entente?sslmode=verify-full")]
    [InlineData("Host=db.example;Port=6432;Username=ann;Password=p@ss;Database=entente;SSL Mode=VerifyFull")]
    public void A_server_is_named_as_people_name_it(string text)
    {
        var built = new NpgsqlConnectionStringBuilder(StoreAddress.Parse(text).Value.Postgres);
        Assert.Equal(("db.example", 6432, "ann", "p@ss", "entente", SslMode.VerifyFull), (built.Host, built.Port, built.Username, built.Password, built.Database, built.SslMode));
    }

    [Theory]
    [InlineData(""), InlineData("nonsense"), InlineData("mysql://a@b/c"), InlineData("Database=entente"), InlineData("postgresql://"), InlineData("Host=a;Nonsense=s3cret")]
    public void What_names_no_store_is_refused_without_being_repeated(string text)
    {
        var refusal = StoreAddress.Parse(text).Refusal;
        Assert.Equal((RefusalKind.Usage, "store"), (refusal?.Kind, refusal?.Code));
        Assert.DoesNotContain("s3cret", refusal!.Message.En, StringComparison.Ordinal);
    }

    [Fact]
    public void What_signs_in_shows_nowhere_and_only_the_owner_reads_it()
    {
        var root = Directory.CreateTempSubdirectory("entente-store-").FullName;
        var address = StoreAddress.Parse("postgresql://ann:s3cret@db.example/entente").Value;
        address.Keep(root);
        Assert.Equal(address, new DataFolder(root).Store);
        Assert.Equal("PostgreSQL, entente on db.example:5432", $"{address}");
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(root, "store.json")));
        Directory.Delete(root, recursive: true);
    }

    [Theory, InlineData("{}"), InlineData("not json"), InlineData("""{"store":"nonsense"}""")]
    public void A_store_that_cannot_be_read_is_no_empty_one(string text)
    {
        var root = Directory.CreateTempSubdirectory("entente-store-").FullName;
        File.WriteAllText(Path.Combine(root, "store.json"), text);
        Assert.Throws<BrokenWorldException>(() => new DataFolder(root).OpenDb());
        Directory.Delete(root, recursive: true);
    }
}
