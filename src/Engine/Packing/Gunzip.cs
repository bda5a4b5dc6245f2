using System.IO.Compression;

namespace Entente.Engine.Packing;

/// <summary>
/// Unpacks gzip: by ISA-L where the machine has it (Debian’s libisal2), else by the framework. Both give the same bytes, go on over
/// files of several members, and throw <see cref="InvalidDataException"/> where the file is cut, damaged or does not bear out its checksum.
/// </summary>
public static class Gunzip
{
    /// <summary>Set to 0, ISA-L is left alone.</summary>
    const string Variable = "ENTENTE_ISAL";

    public static bool IsFast { get; } = Environment.GetEnvironmentVariable(Variable) != "0" && IsaL.Load();

    public static Stream Open(Stream packed) => IsFast ? new IsaLStream(packed) : new GZipStream(packed, CompressionMode.Decompress);
}
