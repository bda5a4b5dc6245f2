using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Entente.Web.Shell.Charts;

/// <summary>A text of a drawing. Written by hand because Razor keeps the element's name for itself.</summary>
public sealed class WriteText : ComponentBase
{
    [Parameter] public string? Class { get; set; }
    [Parameter, EditorRequired] public required string X { get; set; }
    [Parameter, EditorRequired] public required double Y { get; set; }
    [Parameter, EditorRequired] public required RenderFragment ChildContent { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "text");
        builder.AddAttribute(1, "class", string.IsNullOrWhiteSpace(Class) ? null : Class.Trim());
        builder.AddAttribute(2, "x", X);
        builder.AddAttribute(3, "y", Svg.Px(Y));
        builder.AddContent(4, ChildContent);
        builder.CloseElement();
    }
}
