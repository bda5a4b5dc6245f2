using System.Security.Cryptography;
using Entente.Core.Store;
using Entente.Core.Store.Outbox;
using Entente.Web.Accounts;
using Microsoft.AspNetCore.DataProtection;

namespace Entente.Web.Jobs;

/// <summary>Secrets of the record, closed with the keys that the nodes of an installation share.</summary>
public static class Seals
{
    /// <summary>For a process that serves no pages. It lives as long as the process.</summary>
    public static Seal Of(DataFolder folder, TimeProvider clock)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(folder);
        services.AddSingleton(clock);
        services.AddAccounts();
        return Of(services.BuildServiceProvider().GetRequiredService<IDataProtectionProvider>());
    }

    internal static Seal Of(IDataProtectionProvider provider)
    {
        var protector = provider.CreateProtector("Entente.Mail");
        return new(protector.Protect, text =>
        {
            try
            {
                return protector.Unprotect(text);
            }
            catch (CryptographicException)
            {
                return null;
            }
        });
    }
}
