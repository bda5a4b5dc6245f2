using System.CommandLine;
using Entente.Core.Evidence;
using Entente.Core.Kernel;

namespace Entente.Cli;

/// <summary>What verify --folder answers: done where every file is as it was written, refused where a source or receipt is not, broken where a vintage is not.</summary>
static class FolderCheckPage
{
    public static Refusal? Answer(Session session, ParseResult line, FolderVerification found)
    {
        session.Answer(line, found, verification =>
        {
            VerificationPage.Write(session, verification.Checks);
            var (vintages, receipts) = (session.Number(verification.Vintages), session.Number(verification.Receipts));
            session.Line(new Said($"Vintages: {vintages}; kept receipts: {receipts}.", $"Millésimes\u202F: {vintages}\u202F; reçus gardés\u202F: {receipts}."));
        }, FigureJson.In(session.Lang));
        if (found.Failures.FirstOrDefault() is not { } first) return null;
        if (found.Corrupt) throw new BrokenWorldException(found.Failures.First(check => check.Name is "vintage" or "segment").Says);
        return Refusal.Invalid("changed-since", first.Says.En, first.Says.Fr);
    }
}
