using Entente.Core.Kernel;
using Entente.Core.Store;
using Entente.Engine.Segments;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Entente.Cli;

/// <summary>Turns what broke an act into a sentence: what, where, and what to do.</summary>
static class BrokenWorld
{
    const int SqliteIo = 10, SqliteCorrupt = 11, SqliteFull = 13, SqliteNotADatabase = 26;

    public static Said Explain(Exception e) => e switch
    {
        BrokenWorldException broken => broken.Said,
        CorruptSegmentException corrupt => new(
            $"A file of a vintage does not hold what was written: {corrupt.Path}, byte {corrupt.Offset}: {corrupt.Reason}. Import its sources again: this repairs the vintage.",
            $"Un fichier d’un millésime ne contient plus ce qui fut écrit\u202F: {corrupt.Path}, octet {corrupt.Offset}\u202F: {corrupt.Reason}. Réimportez ses sources\u202F: cela répare le millésime."),
        IOException io when Disk.IsFull(io) => DiskFull(io),
        SqliteException { SqliteErrorCode: SqliteFull } full => DiskFull(full),
        SqliteException { SqliteErrorCode: SqliteCorrupt or SqliteNotADatabase or SqliteIo } sqlite => new(
            $"The record (entente.db) cannot be read: {sqlite.Message}. Restore a backup into an empty folder: entente restore FILE --data NEWDIR.",
            $"La base (entente.db) est illisible\u202F: {sqlite.Message}. Restaurez une sauvegarde dans un dossier vide\u202F: entente restore FICHIER --data NOUVEAU."),
        NpgsqlException server and not PostgresException => new(
            $"The server of the record does not answer: {server.Message} Start it, or correct where the record is (store.json, ENTENTE_STORE), then try again.",
            $"Le serveur du registre ne répond pas\u202F: {server.Message} Démarrez-le, ou corrigez l’adresse du registre (store.json, ENTENTE_STORE), puis recommencez."),
        PostgresException { SqlState: "3D000" or "28P01" or "28000" } closed => new(
            $"The server of the record lets nobody in: {closed.MessageText}. Correct where the record is (store.json, ENTENTE_STORE), then try again.",
            $"Le serveur du registre refuse l’accès\u202F: {closed.MessageText}. Corrigez l’adresse du registre (store.json, ENTENTE_STORE), puis recommencez."),
        UnauthorizedAccessException denied => new(
            $"This may not be read or written: {denied.Message} Check who owns the folder, or name another with --data.",
            $"Lecture ou écriture non permise\u202F: {denied.Message} Vérifiez à qui est le dossier, ou nommez-en un autre avec --data."),
        { InnerException: { } cause } when cause is IOException or SqliteException or NpgsqlException or BrokenWorldException or CorruptSegmentException => Explain(cause),
        IOException io => new($"The disk or the network failed: {io.Message}", $"Le disque ou le réseau a failli\u202F: {io.Message}"),
        _ => new($"This is a fault of Entente. Please report it with these lines:\n{e}", $"C’est une faute d’Entente. Merci de la signaler avec ces lignes\u202F:\n{e}"),
    };

    static Said DiskFull(Exception e) => new(
        $"The disk is full: {e.Message} Nothing was changed. Make room, then run the same line again.",
        $"Le disque est plein\u202F: {e.Message} Rien n’a été changé. Faites de la place, puis relancez la même ligne.");
}
