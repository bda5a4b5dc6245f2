using System.Text;
using Entente.Engine.Segments;

namespace Entente.Engine.Works;

/// <summary>A text for each row: its bytes in UTF-8 one after another, and where each begins as runs. An empty text stands for an absent one.</summary>
sealed class PackedTexts(Segment segment, string name, string starts, int rows)
{
    readonly MappedColumn<byte> bytes = new(segment, name, segment.Rows(name));
    readonly Runs runs = new(segment, starts, rows, segment.Rows(name));

    public string this[int row]
    {
        get
        {
            var (first, last) = runs.Of(row);
            return Encoding.UTF8.GetString(bytes.Span[first..last]);
        }
    }
}
