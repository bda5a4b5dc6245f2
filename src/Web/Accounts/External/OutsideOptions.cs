using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.Extensions.Options;

namespace Entente.Web.Accounts.External;

/// <summary>What a handler needs for one request: the provider, and how to reach it.</summary>
sealed class OutsideOptions : OAuthOptions
{
    public OutsideProvider Provider { get; init; } = null!;
    public Discovery Discovery { get; init; } = null!;
}

/// <summary>The options of one request: they come from the provider's own description, which may change while the program runs.</summary>
sealed class Fixed<T>(T value) : IOptionsMonitor<T>
{
    public T CurrentValue => value;

    public T Get(string? name) => value;

    public IDisposable? OnChange(Action<T, string?> listener) => null;
}
