using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Entente.Engine.Packing;

/// <summary>
/// The few entries of Intel's ISA-L (libisal 2) that unpack. Its state is a structure of which only the first fields and four further ones are looked at;
/// that they stand where they are looked for is tried once, and the library is left alone where they do not.
/// </summary>
static unsafe class IsaL
{
    // struct inflate_state of igzip_lib.h takes 87,368 bytes; what a later one may add has room here.
    public const int StateLength = 1 << 17;

    const int BlockState = 21160, CrcFlag = 21172;
    const int Finished = 5, WithHeader = 1;

    static delegate* unmanaged<byte*, void> begin;
    static delegate* unmanaged<byte*, int> inflate;

    /// <summary>Whether the library is there and does what it should.</summary>
    public static bool Load()
    {
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64 || !OperatingSystem.IsLinux()) return false;
        if (!NativeLibrary.TryLoad("libisal.so.2", out var library)) return false;
        if (!NativeLibrary.TryGetExport(library, "isal_inflate_init", out var init) || !NativeLibrary.TryGetExport(library, "isal_inflate", out var run)) return false;
        begin = (delegate* unmanaged<byte*, void>)init;
        inflate = (delegate* unmanaged<byte*, int>)run;
        return Works();
    }

    public static void Begin(byte* state)
    {
        begin(state);
        Unsafe.WriteUnaligned(state + CrcFlag, WithHeader);
    }

    /// <summary>Unpacks from the one buffer into the other; false where the input is wrong. Tells what was used and made, and whether a member is at its end.</summary>
    public static bool Inflate(byte* state, byte* input, ref int inputLength, byte* output, ref int outputLength, out bool ended)
    {
        Unsafe.WriteUnaligned(state, (nint)output);
        Unsafe.WriteUnaligned(state + 8, outputLength);
        Unsafe.WriteUnaligned(state + 16, (nint)input);
        Unsafe.WriteUnaligned(state + 32, inputLength);
        var sound = inflate(state) == 0;
        inputLength = Unsafe.ReadUnaligned<int>(state + 32);
        outputLength = Unsafe.ReadUnaligned<int>(state + 8);
        ended = Unsafe.ReadUnaligned<int>(state + BlockState) == Finished;
        return sound;
    }

    /// <summary>A small file comes out as it went in, and is refused with another checksum.</summary>
    static bool Works()
    {
        var text = new byte[70_000];
        for (var i = 0; i < text.Length; i++) text[i] = (byte)(i * i >> 7);
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(text);
        var bytes = packed.ToArray();
        if (!Gives(bytes, text)) return false;
        var checksum = bytes.AsSpan(bytes.Length - 8);
        BinaryPrimitives.WriteUInt32LittleEndian(checksum, BinaryPrimitives.ReadUInt32LittleEndian(checksum) ^ 1);
        return !Gives(bytes, text);
    }

    static bool Gives(byte[] packed, byte[] text)
    {
        try
        {
            using var stream = new IsaLStream(new MemoryStream(packed));
            var made = new MemoryStream();
            stream.CopyTo(made);
            return made.ToArray().AsSpan().SequenceEqual(text);
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}

/// <summary>Gzip unpacked by ISA-L while it is read.</summary>
sealed unsafe class IsaLStream : ForwardStream
{
    // Pinned for good, so that the library may keep addresses into them between calls.
    readonly byte[] state = GC.AllocateArray<byte>(IsaL.StateLength, pinned: true);
    readonly byte[] input = GC.AllocateUninitializedArray<byte>(1 << 16, pinned: true);
    readonly Stream packed;
    int start, end;
    bool inMember, ended;

    public IsaLStream(Stream packed) => this.packed = packed;

    public override int Read(Span<byte> buffer)
    {
        while (!ended && buffer.Length > 0)
        {
            if (!inMember && !NextMember()) break;
            if (start == end) Fill();
            var before = start;
            var made = Inflate(buffer);
            if (made > 0) return made;
            if (inMember && start == before && start < end) throw new InvalidDataException("The file is damaged.");
            if (inMember && start == end && !Fill()) throw new InvalidDataException("The file ends in the middle of what it packs.");
        }
        return 0;
    }

    int Inflate(Span<byte> buffer)
    {
        var (left, room) = (end - start, buffer.Length);
        bool sound, member;
        fixed (byte* output = buffer) sound = IsaL.Inflate(State, Input + start, ref left, output, ref room, out member);
        if (!sound || (uint)left > (uint)(end - start) || (uint)room > (uint)buffer.Length) throw new InvalidDataException("The file is damaged.");
        start = end - left;
        inMember = !member;
        return buffer.Length - room;
    }

    byte* State => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(state));

    byte* Input => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(input));

    /// <summary>Goes on with the next member; false where none begins: what else follows the last one is no part of the text.</summary>
    bool NextMember()
    {
        while (end - start < 2 && Fill()) { }
        ended = start == end || input[start] != 0x1f || (end - start > 1 && input[start + 1] != 0x8b);
        if (ended) return false;
        IsaL.Begin(State);
        return inMember = true;
    }

    /// <summary>Reads on behind what is left; false at the end of the file.</summary>
    bool Fill()
    {
        input.AsSpan(start, end - start).CopyTo(input);
        (start, end) = (0, end - start);
        var read = packed.Read(input.AsSpan(end));
        end += read;
        return read > 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) packed.Dispose();
        base.Dispose(disposing);
    }
}
