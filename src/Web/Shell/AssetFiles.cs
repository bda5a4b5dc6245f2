using System.Security.Cryptography;
using System.Text;

namespace Entente.Web.Shell;

/// <summary>
/// Style sheets and modules under an address that holds the hash of them all, so that a browser may keep them for ever
/// and modules may still name each other by relative address.
/// </summary>
public static class AssetFiles
{
    static readonly string Root = System.IO.Path.Combine(AppContext.BaseDirectory, "wwwroot");

    public static string Hash { get; } = HashOf(Root);

    public static string Path(string name) => $"/assets/{Hash}/{name}";

    /// <summary>Takes the hash out of the address before the files are looked up; an old hash is served, but not kept.</summary>
    public static void UseAssets(this WebApplication app)
    {
        var files = new Microsoft.Extensions.FileProviders.PhysicalFileProvider(Root);
        app.Use((context, next) =>
        {
            var parts = (context.Request.Path.Value ?? "").Split('/', 4);
            // Only files: a page under such an address would be kept for ever, in the language of the first who came.
            if (parts is ["", "assets", var hash, var rest] && files.GetFileInfo(rest).Exists)
            {
                context.Request.Path = $"/{rest}";
                context.Response.Headers.CacheControl = hash == Hash ? "public, max-age=31536000, immutable" : "no-cache";
            }
            return next(context);
        });
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files,
            OnPrepareResponse = file => file.Context.Response.Headers.TryAdd("Cache-Control", "no-cache"),
        });
    }

    static string HashOf(string root)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var path in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            sha.AppendData(Encoding.UTF8.GetBytes(System.IO.Path.GetRelativePath(root, path)));
            sha.AppendData(File.ReadAllBytes(path));
        }
        return Convert.ToHexStringLower(sha.GetHashAndReset())[..12];
    }
}
