using Entente.Core.Accounts.Personal;
using Entente.Core.Store.Copying;

namespace Entente.Core.Tests.Accounts.Personal;

public sealed class PersonalListTests
{
    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task Every_column_with_text_is_said_to_tell_of_a_person_or_not(string kind)
    {
        await using var world = await TestWorld.OpenAsync(kind);
        var complaints = new List<string>();
        var tables = await Catalog.ReadAsync(world.Db, default);
        foreach (var table in tables)
        {
            var lists = Lists(table.Name);
            var said = lists.SelectMany(l => l).ToLookup(c => c);
            foreach (var column in table.Columns.Where(c => c.Kind == CellKind.Text && !said.Contains(c.Name)))
                complaints.Add($"{table.Name}.{column.Name} holds text: say in PersonalData or PersonalTexts (src/Core/Accounts/Personal) what it may tell of a person");
            complaints.AddRange(said.Where(c => c.Count() > 1).Select(c => $"{table.Name}.{c.Key} is listed twice"));
            complaints.AddRange(said.Where(c => table.Columns.All(k => k.Name != c.Key)).Select(c => $"{table.Name}.{c.Key} is listed, and there is no such column"));
        }
        var listed = PersonalData.All.Select(t => t.Table).Concat(PersonalTexts.Free.Keys).Concat(PersonalTexts.Impersonal.Keys).Concat(Retention.Clocks.Select(c => c.Table));
        complaints.AddRange(listed.Distinct().Except(tables.Select(t => t.Name)).Select(t => $"{t} is listed, and there is no such table"));
        Assert.True(complaints.Count == 0, string.Join('\n', complaints));
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_table_that_names_an_account_or_a_person_says_what_becomes_of_it(string kind)
    {
        await using var world = await TestWorld.OpenAsync(kind);
        var ties = (from table in await Catalog.ReadAsync(world.Db, default)
                    from column in table.Columns
                    where column.Name is "account" or "user_id" or "person" && !(table.Name == "mail_server")
                    where PersonalData.Find(table.Name)?.Ties.ContainsKey(column.Name) != true
                    select $"{table.Name}.{column.Name}").ToList();
        Assert.True(ties.Count == 0, string.Join('\n', ties));
    }

    static IEnumerable<IReadOnlyList<string>> Lists(string table)
    {
        if (PersonalData.Find(table) is { } personal)
        {
            yield return personal.Texts;
            yield return personal.Secrets;
            yield return [.. personal.Ties.Where(t => t.Value is Tie.Actor or Tie.AddressHash || (t.Value is Tie.Person && !personal.Texts.Contains(t.Key))).Select(t => t.Key)];
        }
        yield return PersonalTexts.Free.GetValueOrDefault(table, []);
        yield return PersonalTexts.Impersonal.GetValueOrDefault(table, []);
    }
}
