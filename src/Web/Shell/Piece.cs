using Entente.Core.Kernel;
using Microsoft.AspNetCore.Components;

namespace Entente.Web.Shell;

/// <summary>What every component is: something shown to a reader, whose language and settings are <see cref="L"/>.</summary>
public abstract class Piece : ComponentBase
{
    [CascadingParameter] protected Reader L { get; set; } = Reader.English;

    /// <summary>A quotation: always in its source's language, and marked so where that is not the page's.</summary>
    protected MarkupString Quote(string text, Lang source = Lang.En)
    {
        var encoded = System.Text.Encodings.Web.HtmlEncoder.Default.Encode(text);
        var words = source == L.Lang ? encoded : $"<span lang=\"{Reader.Code(source)}\">{encoded}</span>";
        return new(L.Lang == Lang.En ? $"“{words}”" : $"«\u202f{words}\u202f»");
    }
}
