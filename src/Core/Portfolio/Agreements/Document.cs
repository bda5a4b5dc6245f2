using Entente.Core.Kernel;

namespace Entente.Core.Portfolio.Agreements;

/// <summary>A file kept with an agreement or a structure. The name that it was sent under is not kept: the title makes the name it is given out under.</summary>
public sealed class Document
{
    public int Id { get; init; }

    /// <summary>agreements/KEY or structures/KEY.</summary>
    public required string Subject { get; init; }
    public required string Title { get; init; }

    /// <summary>As read from its bytes, whatever the sender said.</summary>
    public required string MediaType { get; init; }
    public required string Sha256 { get; init; }
    public required int Size { get; init; }
    public int? Account { get; init; }
    public required DateTimeOffset At { get; init; }
    public required Audience Audience { get; init; }
}

/// <summary>The bytes of a document, once however many documents share them. In the store, so that every node can give them out.</summary>
public sealed class DocumentContent
{
    public required string Sha256 { get; init; }
    public required byte[] Bytes { get; init; }
}
