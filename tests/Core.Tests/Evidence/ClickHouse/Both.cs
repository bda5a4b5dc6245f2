using System.Text.Json;
using Entente.Core.Evidence;
using Entente.Core.Kernel;
using Entente.Core.Store;

namespace Entente.Core.Tests.Evidence.ClickHouse;

/// <summary>One world asked through both engines.</summary>
sealed class Both(TestWorld world, ClickHouseCluster cluster)
{
    readonly Work _here = world.Work;
    readonly Work _there = There(world, cluster);

    public Work There() => _there;

    static Work There(TestWorld world, ClickHouseCluster cluster)
    {
        var folder = new DataFolder(world.Folder.Root, world.Folder.Store);
        Engines.Choose(folder, cluster.Address);
        return new(world.Db, folder, Actor.CommandLine, TimeProvider.System);
    }

    /// <summary>Asks both, and holds the whole answers against each other: value, bounds, series, breakdown, excluded, rows, receipt with its digest.</summary>
    /// <returns>the refusal that both gave, or null where both answered</returns>
    public Refusal? Hold(Question question)
    {
        var (here, there) = (Figures.Ask(_here, question, receipt: true, default), Figures.Ask(_there, question, receipt: true, default));
        Assert.True(here.Refusal?.Message == there.Refusal?.Message, $"{question}\n{here.Refusal?.Message.En}\n{there.Refusal?.Message.En}");
        if (!here.Ok) return here.Refusal;
        var (ours, theirs) = (Text(here.Value), Text(there.Value));
        Assert.True(ours == theirs, $"{question}\nembedded {ours}\nClickHouse {theirs}");
        return null;
    }

    /// <summary>Lists the works behind a figure through both.</summary>
    public int HoldWorks(Question question, bool upper, bool denominator)
    {
        var (here, there) = (Figures.Works(_here, question, upper, default, denominator), Figures.Works(_there, question, upper, default, denominator));
        Assert.Equal(here.Refusal?.Message.En, there.Refusal?.Message.En);
        if (!here.Ok) return 0;
        Assert.Equal(here.Value.Select(Text), there.Value.Select(Text));
        return here.Value.Count;
    }

    /// <summary>Lists joint projects with all that is known of them through both.</summary>
    public int HoldProjects(Question question)
    {
        var (here, there) = (Figures.JointProjects(_here, question), Figures.JointProjects(_there, question));
        Assert.Equal(here.Refusal?.Message.En, there.Refusal?.Message.En);
        if (!here.Ok) return 0;
        Assert.Equal(Text(here.Value), Text(there.Value));
        return here.Value.Counted.Projects.Count + here.Value.Counted.OnlyInUpper.Count;
    }

    /// <summary>Asks both what moved a figure; answers how many causes did, none where both refuse.</summary>
    public int HoldMove(Question before, Question after)
    {
        var (here, there) = (Explaining.Explain(_here, before, after, default), Explaining.Explain(_there, before, after, default));
        Assert.True(here.Refusal?.Message == there.Refusal?.Message, $"{before}\n{here.Refusal?.Message.En}\n{there.Refusal?.Message.En}");
        if (!here.Ok) return 0;
        var (ours, theirs) = (Text(here.Value), Text(there.Value));
        Assert.True(ours == theirs, $"{before}\nembedded {ours}\nClickHouse {theirs}");
        return here.Value.Parts.Count(part => part.In + part.Out > 0);
    }

    static string Text<T>(T answer) => JsonSerializer.Serialize(answer, FigureJson.In(Lang.En));
}
