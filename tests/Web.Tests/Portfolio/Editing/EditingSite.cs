using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Entente.Core.Portfolio.Editing;

namespace Entente.Web.Tests.Portfolio.Editing;

/// <summary>A host of its own, since these tests write.</summary>
[CollectionDefinition(Name)]
public sealed class EditingCollection : ICollectionFixture<Site>, ICollectionFixture<Browser>
{
    public const string Name = "editing";
}

static class Filled
{
    /// <summary>The fields of the form whose button sends to this address, as a browser would send them untouched.</summary>
    public static (string Address, Dictionary<string, string> Fields) Form(this IHtmlDocument page)
    {
        var form = page.QuerySelectorAll("main form[method=post]").Single();
        var fields = new Dictionary<string, string>();
        foreach (var control in form.QuerySelectorAll("input, select, textarea"))
        {
            var name = control.GetAttribute("name");
            if (name is null || name.StartsWith("__", StringComparison.Ordinal)) continue;
            switch (control)
            {
                case IHtmlInputElement { Type: "radio" or "checkbox" } box when !box.IsChecked: break;
                case IHtmlInputElement input: fields[name] = input.Value; break;
                case IHtmlSelectElement select: fields[name] = select.Value ?? ""; break;
                case IHtmlTextAreaElement text: fields[name] = text.Value; break;
            }
        }
        return (form.GetAttribute("action")!, fields);
    }

    public static async Task<HttpResponseMessage> SendAsync(this SignedIn person, (string Address, Dictionary<string, string> Fields) form, params (string Name, string Value)[] typed)
    {
        var fields = new Dictionary<string, string>(form.Fields);
        foreach (var (name, value) in typed)
        {
            Assert.True(fields.ContainsKey(name) || name.StartsWith("keep.", StringComparison.Ordinal), $"{form.Address} has no field {name}");
            fields[name] = value;
        }
        return await person.PostAsync(form.Address, [.. fields.Select(f => (f.Key, f.Value))]);
    }

    public static async Task<IHtmlDocument> ReadAsync(this HttpResponseMessage answer) => new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());

    public static async Task<int> LastLineAsync(this Site site)
    {
        await using var db = site.Folder.OpenDb();
        return await RowEditing.LastLineAsync(db, default);
    }
}
