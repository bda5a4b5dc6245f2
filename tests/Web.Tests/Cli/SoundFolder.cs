using Entente.Core.Evidence;
using Entente.Core.Store;

namespace Entente.Web.Tests.Cli;

static class SoundFolder
{
    /// <summary>The folder holds these vintages and no other, each whole to the last byte.</summary>
    public static void AssertSound(this DataFolder folder, params string[] vintages)
    {
        Assert.Equal(vintages.Order(), Vintages.List(folder).Select(m => m.Id).Order());
        Assert.Empty(Vintages.Unreadable(folder));
        foreach (var manifest in Vintages.List(folder))
        {
            Assert.Empty(Vintages.Damage(folder, manifest));
            using var store = Vintages.OpenWorks(folder, manifest);
            store.Verify();
            Assert.Equal(manifest.Accepted - manifest.Superseded, store.Works);
        }
    }
}
