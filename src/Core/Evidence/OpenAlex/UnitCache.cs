namespace Entente.Core.Evidence.OpenAlex;

/// <summary>
/// The unit of an institution by the very bytes that listed it. Few institutions are listed in many ways, so almost every
/// listing is found here and never parsed. Bounded: it forgets everything when full, and fills again.
/// </summary>
sealed class UnitCache
{
    const int MostBytes = 64 << 20;

    record struct Entry(ulong Hash, int Start, int Length, int Unit);

    Entry[] _table = new Entry[1 << 12];
    byte[] _bytes = new byte[1 << 16];
    int _count, _end;

    public bool TryFind(ReadOnlySpan<byte> listing, ulong hash, out int unit)
    {
        for (var at = Slot(hash); _table[at].Length > 0; at = (at + 1) & (_table.Length - 1))
        {
            ref readonly var entry = ref _table[at];
            if (entry.Hash != hash || !listing.SequenceEqual(_bytes.AsSpan(entry.Start, entry.Length))) continue;
            unit = entry.Unit;
            return true;
        }
        unit = 0;
        return false;
    }

    public void Add(ReadOnlySpan<byte> listing, ulong hash, int unit)
    {
        if (_end + listing.Length > MostBytes) Forget();
        if (listing.Length > MostBytes) return;
        while (_end + listing.Length > _bytes.Length) Array.Resize(ref _bytes, _bytes.Length * 2);
        if (_count * 2 >= _table.Length) Grow();
        listing.CopyTo(_bytes.AsSpan(_end));
        Place(new(hash, _end, listing.Length, unit));
        _end += listing.Length;
        _count++;
    }

    void Place(Entry entry)
    {
        var at = Slot(entry.Hash);
        while (_table[at].Length > 0) at = (at + 1) & (_table.Length - 1);
        _table[at] = entry;
    }

    void Grow()
    {
        var old = _table;
        _table = new Entry[old.Length * 2];
        foreach (var entry in old)
            if (entry.Length > 0) Place(entry);
    }

    public void Forget()
    {
        Array.Clear(_table);
        (_count, _end) = (0, 0);
    }

    int Slot(ulong hash) => (int)(hash >> 33) & (_table.Length - 1);
}
