using System.Buffers.Binary;
using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Entente.Core.Store.Copying;

/// <summary>What a table holds, in a number of rows and a hash that both databases answer alike.</summary>
sealed record TableDigest(string Table, long Rows, string Sha256);

/// <summary>
/// Hashes the rows of a table, given in the order of their keys. Columns go in the order of their names, each as its kind, its length
/// and its text, so that no two contents are written alike.
/// </summary>
sealed class RowDigest(StoredTable table) : IDisposable
{
    readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    readonly int[] _order = [.. Enumerable.Range(0, table.Columns.Count).OrderBy(i => table.Columns[i].Name, StringComparer.Ordinal)];
    long _rows;

    public void Add(object?[] cells)
    {
        Span<byte> head = stackalloc byte[5];
        foreach (var i in _order)
        {
            var bytes = Bytes(cells[i]);
            head[0] = (byte)(cells[i] is null ? 'n' : "twfrb"[(int)table.Columns[i].Kind]);
            BinaryPrimitives.WriteInt32BigEndian(head[1..], bytes.Length);
            _hash.AppendData(head);
            _hash.AppendData(bytes);
        }
        _rows++;
    }

    static byte[] Bytes(object? cell) => cell switch
    {
        null => [],
        string text => Encoding.UTF8.GetBytes(text),
        long number => Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture)),
        bool flag => [(byte)(flag ? 1 : 0)],
        double real => Encoding.ASCII.GetBytes(real.ToString("R", CultureInfo.InvariantCulture)),
        byte[] bytes => bytes,
        _ => throw new NotSupportedException(cell.GetType().Name),
    };

    public TableDigest End() => new(table.Name, _rows, Convert.ToHexStringLower(_hash.GetHashAndReset()));

    /// <summary>The cells of the row that the reader stands on, as the same types whichever database it is.</summary>
    public static object?[] Read(StoredTable table, DbDataReader rows)
    {
        var cells = new object?[table.Columns.Count];
        for (var i = 0; i < cells.Length; i++) cells[i] = rows.IsDBNull(i) ? null : table.Columns[i].Kind switch
        {
            CellKind.Text => rows.GetString(i),
            CellKind.Whole => Convert.ToInt64(rows.GetValue(i), CultureInfo.InvariantCulture),
            CellKind.Flag => Convert.ToBoolean(rows.GetValue(i), CultureInfo.InvariantCulture),
            CellKind.Real => Convert.ToDouble(rows.GetValue(i), CultureInfo.InvariantCulture),
            CellKind.Bytes => rows.GetFieldValue<byte[]>(i),
        };
        return cells;
    }

    public void Dispose() => _hash.Dispose();
}
