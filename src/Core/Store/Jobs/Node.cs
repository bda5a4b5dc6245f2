using System.Globalization;
using System.Security.Cryptography;

namespace Entente.Core.Store.Jobs;

/// <summary>One process among those that share a record. The name is new at every start: a process that comes back is another one.</summary>
public static class Node
{
    public static string Name { get; } = string.Create(CultureInfo.InvariantCulture,
        $"{Environment.MachineName}/{Environment.ProcessId}/{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}");
}
