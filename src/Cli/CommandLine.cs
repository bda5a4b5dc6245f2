using System.CommandLine;
using System.Reflection;
using System.Runtime.InteropServices;
using Entente.Core.Kernel;

namespace Entente.Cli;

/// <summary>Reads the line, runs its verb, and turns what comes of it into an exit code.</summary>
static class CommandLine
{
    /// <summary>Exit codes of the contract; 130 is the custom for an act that Ctrl-C ended.</summary>
    const int Done = 0, Refused = 1, Usage = 2, Broken = 3, Interrupted = 130;

    static readonly Option<string> Data = new("--data")
    {
        Description = About.Both(new("The data folder (default ./entente-data)", "Le dossier de données (par défaut ./entente-data)")),
        HelpName = "DIR",
        Recursive = true,
    };

    static readonly Option<string> Language = new("--lang")
    {
        Description = About.Both(new("Language: en or fr (default: the system’s)", "Langue\u202F: en ou fr (par défaut, celle du système)")),
        HelpName = "en|fr",
        Recursive = true,
    };

    static readonly Option<bool> Help = new("--help", "-h", "-?")
    {
        Description = About.Both(new("Show what a verb does and takes", "Montrer ce que fait un verbe et ce qu’il prend")),
        Recursive = true,
    };

    static readonly Option<bool> Version = new("--version")
    {
        Description = About.Both(new("Show the version", "Montrer la version")),
    };

    public static async Task<int> RunAsync(string[] args, Terminal terminal, IReadOnlyList<Command> verbs)
    {
        var root = Root(verbs);
        var line = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });
        var lang = LangOf(line) ?? terminal.Lang;
        var code = line.GetValue(Help) ? ShowHelp(line, root, terminal, lang)
            : line.GetValue(Version) ? ShowVersion(terminal)
            : UsageErrors.Of(line, lang) is { Count: > 0 } errors ? Complain(errors, line, terminal, lang)
            : await RunVerbAsync(line, terminal, lang, verbs);
        await terminal.Out.FlushAsync();
        return code;
    }

    /// <summary>The root takes the options of the first verb, which is the default one.</summary>
    static RootCommand Root(IReadOnlyList<Command> verbs)
    {
        var root = new RootCommand(About.Both(new(
            "Entente: the record and the evidence of international research partnerships.",
            "Entente\u202F: la mémoire et les preuves des partenariats de recherche internationaux.")));
        root.Options.Clear();
        foreach (var option in verbs[0].Options) root.Options.Add(option);
        foreach (var option in (Option[])[Data, Language, Help, Version]) root.Options.Add(option);
        foreach (var verb in verbs) root.Subcommands.Add(verb);
        root.SetAction(_ => 0);
        return root;
    }

    static async Task<int> RunVerbAsync(ParseResult line, Terminal terminal, Lang lang, IReadOnlyList<Command> verbs)
    {
        var verb = (Verb)(line.CommandResult.Command is RootCommand ? verbs[0] : line.CommandResult.Command);
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
        void Cancel(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }
        await using var session = new Session(terminal, lang, line.GetValue(Data) ?? "entente-data");
        try
        {
            var refusal = await verb.Act(session, line, stop.Token);
            return refusal is null ? Done : Refuse(refusal, session);
        }
        catch (RefusedException refused)
        {
            return Refuse(refused.Refusal, session);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Say(session, new("Stopped. Nothing was half-written.", "Arrêté. Rien n’est resté à moitié écrit."));
            return Interrupted;
        }
        catch (Exception e)
        {
            Say(session, BrokenWorld.Explain(e));
            return Broken;
        }
    }

    static int Refuse(Refusal refusal, Session session)
    {
        Say(session, refusal.Message);
        return refusal.Kind == RefusalKind.Usage ? Usage : Refused;
    }

    // The progress line goes first, and what was answered so far comes before what went wrong.
    static void Say(Session session, Said said)
    {
        (session.Progress as IDisposable)?.Dispose();
        session.Out.Flush();
        session.Terminal.Error.WriteLine($"entente: {said.In(session.Lang)}");
    }

    static Lang? LangOf(ParseResult line) => line.GetValue(Language) switch { "fr" => Lang.Fr, "en" => Lang.En, _ => null };

    static int ShowHelp(ParseResult line, RootCommand root, Terminal terminal, Lang lang)
    {
        new HelpPage(terminal, lang, root, [Data, Language, Help]).Write(line.CommandResult);
        return Done;
    }

    static int ShowVersion(Terminal terminal)
    {
        var version = typeof(CommandLine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
        terminal.Out.WriteLine($"entente {version}");
        return Done;
    }

    static int Complain(IReadOnlyList<string> errors, ParseResult line, Terminal terminal, Lang lang)
    {
        foreach (var error in errors) terminal.Error.WriteLine($"entente: {error}");
        var named = HelpPage.PathOf(line.CommandResult);
        terminal.Error.WriteLine(new Said($"See “{named} --help”.", $"Voir «\u202F{named} --help\u202F».").In(lang));
        return Usage;
    }
}
