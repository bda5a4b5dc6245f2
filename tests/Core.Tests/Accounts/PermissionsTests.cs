using Entente.Core.Accounts;
using Entente.Core.Kernel;

namespace Entente.Core.Tests.Accounts;

/// <summary>Every permission with every role, on the own side, the other side, the whole installation, and for nobody.</summary>
public sealed class PermissionsTests
{
    // Written a second time, by hand: Administrator, Partnership officer, Coordinator, call Manager, Reviewer, paNel member, appLicant, reaDer.
    const string Letters = "APCMRNLD";

    static readonly Dictionary<Permission, string> Table = new()
    {
        [Permission.EditRecord] = "PC",
        [Permission.CreateRecord] = "P",
        [Permission.Approve] = "P",
        [Permission.EditRules] = "AP",
        [Permission.EnterClaims] = "PC",
        [Permission.SettleContradictions] = "P",
        [Permission.ImportTables] = "P",
        [Permission.ReadAgenda] = "APCMD",
        [Permission.ReadJournal] = "APC",
        [Permission.RestoreVersion] = "P",
        [Permission.ImportEvidence] = "A",
        [Permission.ManageAccounts] = "A",
        [Permission.HandlePersonalData] = "A",
        [Permission.RunInstallation] = "A",
    };

    static bool OfInstallation(Permission permission) => permission is Permission.ImportEvidence or Permission.HandlePersonalData or Permission.RunInstallation;

    static readonly string[] Joint = ["cnrs", "imperial"];

    public static IEnumerable<object[]> Pairs =>
        Enum.GetValues<Permission>().SelectMany(p => Enum.GetValues<AccountRole>().Select(r => new object[] { p, r }));

    static Actor Holder(AccountRole role, string? side, string? scope = null) => new("tester") { Account = 1, Grants = [new(role, side, scope)] };

    static bool May(Actor actor, Permission permission, IReadOnlyCollection<string>? sides, string? scope = "structures/x") =>
        Permissions.Refuse(actor, permission, sides, scope) is null;

    [Theory, MemberData(nameof(Pairs))]
    public void A_role_may_what_the_table_says_on_its_own_side_alone(Permission permission, AccountRole role)
    {
        var may = Table[permission].Contains(Letters[(int)role]);
        Assert.Equal(may, May(Holder(role, null), permission, Joint));
        Assert.Equal(may, May(Holder(role, null), permission, null, null));
        // Whoever runs the mail of the installation reads what it brings to every side.
        may &= !OfInstallation(permission);
        Assert.Equal(may, May(Holder(role, "cnrs"), permission, Joint));
        Assert.Equal(may, May(Holder(role, "imperial"), permission, Joint));
        Assert.False(May(Holder(role, "utokyo"), permission, Joint));
        Assert.Equal(may, May(Holder(role, "utokyo"), permission, null));
        Assert.Equal(may, Permissions.MayAnywhere(Holder(role, "utokyo"), permission));
    }

    [Theory, MemberData(nameof(Pairs))]
    public void A_role_limited_to_a_structure_reaches_no_other(Permission permission, AccountRole role)
    {
        var may = Table[permission].Contains(Letters[(int)role]) && !OfInstallation(permission);
        Assert.Equal(may, May(Holder(role, "cnrs", "structures/x"), permission, Joint));
        Assert.Equal(may, May(Holder(role, null, "structures/x"), permission, Joint));
        Assert.False(May(Holder(role, "cnrs", "structures/y"), permission, Joint));
        Assert.False(May(Holder(role, "cnrs", "structures/x"), permission, Joint, null));
    }

    [Fact]
    public void Whoever_has_not_signed_in_may_nothing_and_is_told_to()
    {
        foreach (var permission in Enum.GetValues<Permission>())
        {
            Assert.Equal("sign-in", Permissions.Refuse(Actor.Anyone, permission, Joint)?.Code);
            Assert.Equal("not-permitted", Permissions.Refuse(new("x") { Account = 1 }, permission, Joint)?.Code);
            Assert.Null(Permissions.Refuse(Actor.CommandLine, permission, Joint));
        }
    }

    [Fact]
    public void What_a_person_may_is_the_union_of_the_roles_held()
    {
        var both = new Actor("tester") { Account = 1, Grants = [new(AccountRole.Reader, "cnrs", null), new(AccountRole.PartnershipOfficer, "imperial", null)] };
        Assert.True(May(both, Permission.Approve, ["imperial"]));
        Assert.False(May(both, Permission.Approve, ["cnrs"]));
        Assert.True(May(both, Permission.ReadAgenda, ["cnrs"]));
    }

    [Fact]
    public void The_table_has_a_row_for_every_permission() =>
        Assert.Equal(Enum.GetValues<Permission>().Order(), Permissions.Matrix.Keys.Order());
}
