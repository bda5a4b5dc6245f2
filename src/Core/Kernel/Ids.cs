namespace Entente.Core.Kernel;

/// <summary>A number that names one kind of thing. Two kinds of id never compare, add, or swap by mistake.</summary>
public interface IId<TSelf> where TSelf : struct, IId<TSelf>
{
    int Value { get; }
    static abstract TSelf From(int value);
}
