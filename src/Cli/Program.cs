using System.CommandLine;
using Entente.Cli;

return await CommandLine.RunAsync(args, Terminal.OfProcess(), Verbs());

/// <summary>The verb table: what the command line can do, in the order of its help.</summary>
static partial class Program
{
    internal static IReadOnlyList<Command> Verbs() =>
    [
        ServeVerb.Serve(),

        EvidenceVerbs.Import(),
        EvidenceVerbs.Pull(),
        EvidenceVerbs.Synthesize(),
        EvidenceVerbs.Vintages(),
        MergeVerb.Merge(),
        ExportVerbs.Export(),

        PerimeterVerbs.Perimeters(),
        PerimeterVerbs.Perimeter(),

        FigureVerbs.Figure(),
        FigureVerbs.Works(),
        ExplainVerb.Explain(),
        BridgeVerb.Bridge(),
        CodesVerb.Codes(),
        FigureVerbs.Verify(),

        PortfolioVerbs.Structures(),
        ClaimsVerbs.Claims(),
        SearchVerbs.Search(),

        AccountVerbs.Accounts(),

        JobsVerbs.Jobs(),
        BackupVerbs.Backup(),
        BackupVerbs.Restore(),
        StoreVerbs.Migrate(),
        SearchVerbs.Reindex(),
    ];
}
