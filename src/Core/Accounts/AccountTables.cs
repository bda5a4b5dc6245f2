using System.Buffers.Text;
using System.Text.Json;
using Entente.Core.Store;
using Entente.Core.Store.Journal;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Entente.Core.Accounts;

/// <summary>The tables of this module, named on Db.</summary>
public static class AccountTables
{
    extension(Db db)
    {
        public DbSet<Account> Accounts => db.Set<Account>();
        public DbSet<RoleGrant> RoleGrants => db.Set<RoleGrant>();
        public DbSet<Invitation> Invitations => db.Set<Invitation>();
        public DbSet<Session> Sessions => db.Set<Session>();
        public DbSet<SignInAttempt> SignInAttempts => db.Set<SignInAttempt>();
        public DbSet<ProtectionKey> ProtectionKeys => db.Set<ProtectionKey>();
        public DbSet<IdentityUserToken<int>> AccountTokens => db.Set<IdentityUserToken<int>>();
        public DbSet<IdentityUserPasskey<int>> Passkeys => db.Set<IdentityUserPasskey<int>>();
    }
}

sealed class AccountMapping :
    IEntityTypeConfiguration<Account>, IEntityTypeConfiguration<RoleGrant>, IEntityTypeConfiguration<IdentityUserLogin<int>>,
    IEntityTypeConfiguration<IdentityUserToken<int>>, IEntityTypeConfiguration<IdentityUserPasskey<int>>, IEntityTypeConfiguration<Invitation>,
    IEntityTypeConfiguration<Session>, IEntityTypeConfiguration<SignInAttempt>, IEntityTypeConfiguration<ProtectionKey>
{
    // The journal tells who changed which account, and neither secrets nor names: it outlives the person's data.
    public void Configure(EntityTypeBuilder<Account> b)
    {
        b.ToTable("account").BelongsTo("accounts", a => a.Id).HasKey(a => a.Id);
        b.Ignore(a => a.UserName).Ignore(a => a.NormalizedUserName).Ignore(a => a.EmailConfirmed).Ignore(a => a.PhoneNumber)
            .Ignore(a => a.PhoneNumberConfirmed).Ignore(a => a.LockoutEnd).Ignore(a => a.LockoutEnabled).Ignore(a => a.AccessFailedCount).Ignore(a => a.Subject);
        b.Property(a => a.Name).Secret();
        b.Property(a => a.Email).Secret();
        b.Property(a => a.NormalizedEmail).Secret();
        b.Property(a => a.PasswordHash).Secret();
        b.Property(a => a.SecurityStamp).Secret();
        b.Property(a => a.ConcurrencyStamp).Secret();
        b.Property(a => a.LastCode).Secret();
    }

    public void Configure(EntityTypeBuilder<RoleGrant> b) => b.Ignore(g => g.Grant).ToTable("role_grant").BelongsTo("accounts", g => g.Account).HasKey(g => g.Id);

    public void Configure(EntityTypeBuilder<IdentityUserLogin<int>> b)
    {
        b.ToTable("account_login").BelongsTo("accounts", l => l.UserId).HasKey(l => new { l.LoginProvider, l.ProviderKey });
        b.Property(l => l.ProviderKey).Secret();
        b.Property(l => l.ProviderDisplayName).Secret();
    }

    public void Configure(EntityTypeBuilder<IdentityUserToken<int>> b)
    {
        b.ToTable("account_token").BelongsTo("accounts", t => t.UserId).HasKey(t => new { t.UserId, t.LoginProvider, t.Name });
        b.Property(t => t.Value).Secret();
    }

    // As text, so that a row is the same on both databases: bytes in base64url, the rest in JSON.
    public void Configure(EntityTypeBuilder<IdentityUserPasskey<int>> b)
    {
        b.ToTable("account_passkey").BelongsTo("accounts", p => p.UserId).HasKey(p => p.CredentialId);
        b.Property(p => p.CredentialId).HasConversion(bytes => Base64Url.EncodeToString(bytes), text => Base64Url.DecodeFromChars(text),
            new ValueComparer<byte[]>((x, y) => Same(x!, y!), bytes => HashOf(bytes), bytes => bytes.ToArray()));
        b.Property(p => p.Data).Secret().HasConversion(data => Text(data), text => Data(text),
            new ValueComparer<IdentityPasskeyData>((x, y) => Text(x!) == Text(y!), data => Text(data).GetHashCode(StringComparison.Ordinal), data => Data(Text(data))));
    }

    public void Configure(EntityTypeBuilder<Invitation> b)
    {
        b.ToTable("invitation").BelongsTo("invitations", i => i.Id).HasKey(i => i.Id);
        b.Property(i => i.KeyHash).Secret();
        b.Property(i => i.Email).Secret();
        b.Property(i => i.Name).Secret();
    }

    public void Configure(EntityTypeBuilder<Session> b) => b.ToTable("session").Unjournalled().HasKey(s => s.Id);

    public void Configure(EntityTypeBuilder<SignInAttempt> b) => b.ToTable("sign_in_attempt").Unjournalled().HasKey(a => a.Id);

    public void Configure(EntityTypeBuilder<ProtectionKey> b) => b.ToTable("protection_key").Unjournalled().HasKey(k => k.Id);

    static string Text(IdentityPasskeyData data) => JsonSerializer.Serialize(data, JsonSerializerOptions.Web);

    static IdentityPasskeyData Data(string text) => JsonSerializer.Deserialize<IdentityPasskeyData>(text, JsonSerializerOptions.Web)!;

    static bool Same(byte[] x, byte[] y) => x.AsSpan().SequenceEqual(y);

    static int HashOf(byte[] bytes)
    {
        var hash = new HashCode();
        hash.AddBytes(bytes);
        return hash.ToHashCode();
    }
}
