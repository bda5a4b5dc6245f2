using Entente.Core.Accounts;
using Entente.Core.Kernel;

namespace Entente.Core.Tests.Accounts;

public sealed class SigningInTests
{
    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task Five_failures_lock_a_name_for_a_quarter_of_an_hour(string kind)
    {
        await using var world = await TestWorld.OpenAsync(kind);
        var people = new People(world);
        await people.JoinAsync("Ada");
        for (var i = 0; i < SigningIn.NameLimit; i++) Assert.Equal("sign-in-wrong", (await people.SignInAsync("Ada", "wrong")).Refusal?.Code);
        Assert.Equal("too-many-attempts", (await people.SignInAsync("Ada", "wrong")).Refusal?.Code);
        Assert.Equal("too-many-attempts", (await people.SignInAsync("Ada", address: "198.51.100.7")).Refusal?.Code);
        people.Clock.Move(TimeSpan.FromMinutes(15));
        Assert.True((await people.SignInAsync("Ada")).Ok);
    }

    [Fact]
    public async Task An_unknown_name_gets_the_answers_of_a_known_one()
    {
        await using var world = await TestWorld.OpenAsync();
        var people = new People(world);
        await people.JoinAsync("Ada");
        for (var i = 0; i < SigningIn.NameLimit + 2; i++)
            Assert.Equal((await people.SignInAsync("Ada", "wrong", "192.0.2.8")).Refusal, (await people.SignInAsync("Nobody", "wrong", "192.0.2.9")).Refusal);
    }

    [Fact]
    public async Task A_right_password_forgets_the_failures_before_it()
    {
        await using var world = await TestWorld.OpenAsync();
        var people = new People(world);
        await people.JoinAsync("Ada");
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < SigningIn.NameLimit - 1; i++) Assert.Equal("sign-in-wrong", (await people.SignInAsync("Ada", "wrong")).Refusal?.Code);
            Assert.True((await people.SignInAsync("Ada")).Ok);
        }
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task One_address_has_so_many_tries_over_all_names_and_others_go_on(string kind)
    {
        await using var world = await TestWorld.OpenAsync(kind);
        var people = new People(world);
        await people.JoinAsync("Ada");
        for (var i = 0; i < SigningIn.AddressLimit; i++) Assert.Equal("sign-in-wrong", (await people.SignInAsync($"Guess{i}", "wrong")).Refusal?.Code);
        Assert.Equal("too-many-attempts", (await people.SignInAsync("Ada")).Refusal?.Code);
        Assert.True((await people.SignInAsync("Ada", address: "198.51.100.7")).Ok);
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task Tries_made_at_once_are_counted_before_any_is_judged(string kind)
    {
        await using var world = await TestWorld.OpenAsync(kind);
        var people = new People(world);
        await people.JoinAsync("Ada");
        var tries = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => people.SignInAsync("Ada", "wrong"))));
        Assert.InRange(tries.Count(t => t.Refusal!.Code == "sign-in-wrong"), 0, SigningIn.NameLimit);
    }

    [Fact]
    public async Task A_closed_account_is_as_unknown_as_none()
    {
        await using var world = await TestWorld.OpenAsync();
        var people = new People(world);
        var ada = await people.JoinAsync("Ada");
        Assert.True((await AccountList.CloseAsync(people.Operator, ada.Account!.Value, default)).Ok);
        Assert.Equal("sign-in-wrong", (await people.SignInAsync("Ada")).Refusal?.Code);
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_code_of_the_authenticator_is_asked_for_and_good_once(string kind)
    {
        await using var world = await TestWorld.OpenAsync(kind);
        var people = new People(world);
        var ada = await people.JoinAsync("Ada");
        var key = (await SecondFactor.BeginAsync(people.As(ada), default)).Value;
        Assert.Equal(key, (await SecondFactor.BeginAsync(people.As(ada), default)).Value);
        Assert.False((await people.SignInAsync("Ada")).Value.NeedsCode);
        Assert.Equal("code-wrong", (await SecondFactor.ConfirmAsync(people.As(ada), Authenticator.Code(key.Secret, 20), default)).Refusal?.Code);
        var code = Authenticator.Code(key.Secret);
        var recovery = (await SecondFactor.ConfirmAsync(people.As(ada), code, default)).Value;
        var step = (await people.SignInAsync("Ada")).Value;
        Assert.True(step.NeedsCode);
        Task<Outcome<SignInMethod>> CodeAsync(string typed) => SigningIn.CodeAsync(people.As(Actor.Anyone), step, typed, People.Home, default);
        Assert.Equal("code-wrong", (await CodeAsync(code)).Refusal?.Code);
        Assert.Equal(SignInMethod.PasswordAndCode, (await CodeAsync(Authenticator.Code(key.Secret, 1))).Value);
        Assert.Equal(SignInMethod.PasswordAndRecoveryCode, (await CodeAsync(recovery[0].ToLowerInvariant())).Value);
        Assert.Equal("code-wrong", (await CodeAsync(recovery[0])).Refusal?.Code);
        Assert.Equal(9, await SecondFactor.CodesLeftAsync(people.As(ada), default));
    }

    [Fact]
    public async Task Codes_are_counted_with_the_passwords_of_their_account()
    {
        await using var world = await TestWorld.OpenAsync();
        var people = new People(world);
        var ada = await people.JoinAsync("Ada");
        var key = (await SecondFactor.BeginAsync(people.As(ada), default)).Value;
        Assert.True((await SecondFactor.ConfirmAsync(people.As(ada), Authenticator.Code(key.Secret), default)).Ok);
        var step = (await people.SignInAsync("Ada")).Value;
        var answers = new List<string?>();
        for (var i = 0; i < 6; i++) answers.Add((await SigningIn.CodeAsync(people.As(Actor.Anyone), step, "000000", People.Home, default)).Refusal?.Code);
        Assert.Equal("too-many-attempts", answers[^1]);
    }


    [Fact]
    public async Task A_code_stays_spent_after_a_later_one_was_used()
    {
        await using var world = await TestWorld.OpenAsync();
        var people = new People(world);
        var ada = await people.JoinAsync("Ada");
        var key = (await SecondFactor.BeginAsync(people.As(ada), default)).Value;
        var first = Authenticator.Code(key.Secret);
        Assert.True((await SecondFactor.ConfirmAsync(people.As(ada), first, default)).Ok);
        var step = (await people.SignInAsync("Ada")).Value;
        Assert.True((await SigningIn.CodeAsync(people.As(Actor.Anyone), step, Authenticator.Code(key.Secret, 1), People.Home, default)).Ok);
        Assert.Equal("code-wrong", (await SigningIn.CodeAsync(people.As(Actor.Anyone), step, first, People.Home, default)).Refusal?.Code);
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task Of_those_who_bring_one_code_at_once_one_is_let_in(string kind)
    {
        await using var world = await TestWorld.OpenAsync(kind);
        var people = new People(world);
        var ada = await people.JoinAsync("Ada");
        var key = (await SecondFactor.BeginAsync(people.As(ada), default)).Value;
        var recovery = (await SecondFactor.ConfirmAsync(people.As(ada), Authenticator.Code(key.Secret), default)).Value;
        foreach (var code in (string[])[recovery[0], Authenticator.Code(key.Secret, 1)])
        {
            var step = (await people.SignInAsync("Ada")).Value;
            var tries = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => SigningIn.CodeAsync(people.As(Actor.Anyone), step, code, People.Home, default))));
            Assert.Single(tries, t => t.Ok);
            Assert.Single(tries, t => t.Refusal?.Code == "code-wrong");
        }
    }

    [Fact]
    public async Task Whoever_came_in_without_a_password_sets_one()
    {
        await using var world = await TestWorld.OpenAsync();
        var people = new People(world);
        var link = (await Inviting.InviteAsync(people.Operator, new(AccountRole.Reader, "cnrs"), default)).Value;
        var account = (await Joining.AcceptAsync(people.As(Actor.Anyone), link.Key, new("Ada", People.EmailOf("Ada"), new OutsideIdentity("https://campus.example", "ada")), default)).Value;
        var ada = await people.ActorAsync(account.Id);
        Assert.Equal("password-short", (await Profile.ChangePasswordAsync(people.As(ada), "", "short", 0, People.Home, default)).Refusal?.Code);
        Assert.True((await Profile.ChangePasswordAsync(people.As(ada), "", People.Password, 0, People.Home, default)).Ok);
        Assert.True((await people.SignInAsync("Ada")).Ok);
        // From then on it is asked.
        Assert.Equal("password-wrong", (await Profile.ChangePasswordAsync(people.As(ada), "", "another four plain words", 0, People.Home, default)).Refusal?.Code);
    }
}
