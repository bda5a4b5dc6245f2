using System.Xml.Linq;
using Entente.Core.Accounts;
using Entente.Core.Store;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;

namespace Entente.Web.Accounts;

/// <summary>The keys that protect cookies and forms, kept in the store, so that every node of the installation reads them.</summary>
sealed class KeptKeys(DataFolder folder, TimeProvider clock) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var db = folder.OpenDb();
        return [.. db.ProtectionKeys.AsNoTracking().OrderBy(k => k.Id).Select(k => k.Xml).ToList().Select(xml => XElement.Parse(xml))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var db = folder.OpenDb();
        db.Add(new ProtectionKey { Name = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting), Made = clock.GetUtcNow() });
        // The framework asks for keys without awaiting; it happens once in three months.
        db.SaveChangesAsync().GetAwaiter().GetResult();
    }
}
