namespace Entente.Web.Tests;

static class Complaints
{
    /// <summary>Fails with every complaint on a line of its own; xunit cuts lists short.</summary>
    public static void AssertNone(IEnumerable<string> complaints)
    {
        var list = complaints.Distinct().ToList();
        if (list.Count > 0) Assert.Fail($"{list.Count} complaints:\n{string.Join('\n', list.Take(60))}");
    }
}
