using CsvHelper;

namespace Entente.Core.Evidence.Pull;

/// <summary>Default addresses of public services: data/endpoints.csv, which an office may change.</summary>
public static class Endpoints
{
    /// <exception cref="KeyNotFoundException">The table has no such service.</exception>
    public static string AddressOf(string service)
    {
        using var rows = CsvReader.FromFile(Path.Combine(AppContext.BaseDirectory, "data", "endpoints.csv"), CsvReaderOptions.Default, FileOptions.None);
        while (rows.Read())
            if (rows.GetString("name") == service) return rows.GetString("url");
        throw new KeyNotFoundException($"data/endpoints.csv has no line for {service}.");
    }
}
