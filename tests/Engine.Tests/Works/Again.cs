using Entente.Engine.Segments;
using Entente.Engine.Works;

namespace Entente.Engine.Tests.Works;

/// <summary>Writes a segment again with sound checksums: without some of its columns, or with one number changed.</summary>
static class Again
{
    public static void Write(string path, Func<string, bool>? left = null, (string Column, int Row, long Value)? forged = null)
    {
        using var sound = Segment.Open(path);
        using var writer = new SegmentWriter(path, sound.Kind);
        foreach (var name in sound.Columns.Where(name => left?.Invoke(name) != true && !name.EndsWith(".starts", StringComparison.Ordinal)))
        {
            if (sound.Has(name + ".starts")) writer.Utf8(name, Bytes(sound.Text(name)), sound.Column<uint>(name + ".starts"));
            else if (!(Copy<long>(name) || Copy<int>(name) || Copy<uint>(name) || Copy<short>(name) || Copy<ulong>(name) || Copy<byte>(name))) CopyPacked(name);
        }
        writer.Finish();

        bool Copy<T>(string name) where T : unmanaged
        {
            if (Record.Exception(() => sound.Column<T>(name).Length) is not null) return false;
            var values = sound.Column<T>(name).ToArray();
            if (forged is { } wrong && wrong.Column == name) values[wrong.Row] = Cast<T>(wrong.Value);
            writer.Column<T>(name, values);
            return true;
        }

        void CopyPacked(string name)
        {
            var values = new Packed<long>(sound, name, sound.Rows(name)).ToArray();
            if (forged is { } wrong && wrong.Column == name) values[wrong.Row] = wrong.Value;
            writer.Packed<long>(name, values);
        }
    }

    static T Cast<T>(long value) where T : unmanaged => System.Runtime.CompilerServices.Unsafe.As<long, T>(ref value);

    static byte[] Bytes(TextColumn texts) => [.. Enumerable.Range(0, texts.Count).SelectMany(row => texts.Utf8(row).ToArray())];
}
