using Entente.Cli;

// The verb table: what the command line can do, in the order of its help.
return await CommandLine.RunAsync(args, Terminal.OfProcess(),
[
    ServeVerb.Serve(),

    EvidenceVerbs.Import(),
    EvidenceVerbs.Pull(),
    EvidenceVerbs.Synthesize(),
    EvidenceVerbs.Vintages(),

    PerimeterVerbs.Perimeters(),
    PerimeterVerbs.Perimeter(),

    FigureVerbs.Figure(),
    FigureVerbs.Works(),
    FigureVerbs.Verify(),

    PortfolioVerbs.Structures(),
    ClaimsVerbs.Claims(),

    BackupVerbs.Backup(),
    BackupVerbs.Restore(),
]);
