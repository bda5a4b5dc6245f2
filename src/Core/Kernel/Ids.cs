namespace Entente.Core.Kernel;

/// <summary>A number that names one kind of thing. Two kinds of id never compare, add, or swap by mistake.</summary>
public interface IId<TSelf> where TSelf : struct, IId<TSelf>
{
    int Value { get; }
    static abstract TSelf From(int value);
}

/// <summary>Who acts. Until accounts exist, the only actors are the command line and the program itself.</summary>
public sealed record Actor(string Name)
{
    public static Actor CommandLine { get; } = new("command line");
    public static Actor Program { get; } = new("entente");
}
