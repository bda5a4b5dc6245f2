using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Entente.Tests;

/// <summary>
/// A real SMTP server on loopback: OpenSMTPD in the foreground, in a mount namespace of its own so that its queue and socket meet no
/// other, delivering to a maildir in a temporary folder. It speaks in the clear only: Debian 12's build of it cannot complete a TLS
/// handshake on the OpenSSL 3 that it is linked to.
/// </summary>
sealed class Smtpd : IAsyncLifetime
{
    const string Program = "/usr/sbin/smtpd";

    readonly string _folder = Directory.CreateTempSubdirectory("entente-smtpd-").FullName;
    Process? _process;

    /// <summary>Why this machine has no such server; null where it has.</summary>
    public static string? Missing { get; } =
        !File.Exists(Program) ? $"SMTP server: no OpenSMTPD at {Program}"
        : !Environment.IsPrivilegedProcess || Run("unshare", "-m", "true") != 0 ? "SMTP server: only root may run OpenSMTPD in a namespace of its own" : null;

    public int Port { get; } = FreePort();

    string Mail => Path.Combine(_folder, "mail");

    public async Task InitializeAsync()
    {
        if (Missing is not null) return;
        Directory.CreateDirectory(Mail);
        Assert.Equal(0, Run("chown", "nobody", Mail));
        Assert.Equal(0, Run("chmod", "755", _folder));
        await File.WriteAllTextAsync(Path.Combine(_folder, "smtpd.conf"), string.Create(CultureInfo.InvariantCulture, $$"""
            listen on 127.0.0.1 port {{Port}}
            action "keep" maildir "{{Mail}}" user nobody virtual { "@" = nobody }
            match from any for any action "keep"

            """));
        await File.WriteAllTextAsync(Path.Combine(_folder, "run"), $"""
            set -e
            mkdir -p /var/spool
            mount -t tmpfs tmpfs /var/spool
            mount -t tmpfs tmpfs /run
            mkdir -m 711 /var/spool/smtpd
            exec {Program} -d -f {_folder}/smtpd.conf
            """);
        _process = Process.Start(new ProcessStartInfo("unshare", ["-m", "--propagation", "private", "sh", Path.Combine(_folder, "run")])
        {
            RedirectStandardError = true, RedirectStandardOutput = true,
        })!;
        _process.OutputDataReceived += static (_, _) => { };
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await WaitForAsync(Port);
    }

    /// <summary>The mails that were delivered, once there are that many; the server keeps each a moment before it delivers.</summary>
    public async Task<IReadOnlyList<string>> DeliveredAsync(Func<string, bool> which, int count)
    {
        var folder = Path.Combine(Mail, "new");
        while (true)
        {
            var mails = Directory.Exists(folder) ? Directory.GetFiles(folder).Select(File.ReadAllText).Where(which).ToList() : [];
            if (mails.Count >= count) return mails;
            Assert.False(_process!.HasExited, "OpenSMTPD has stopped");
            await Task.Delay(50);
        }
    }

    async Task WaitForAsync(int port)
    {
        while (true)
        {
            Assert.False(_process!.HasExited, "OpenSMTPD did not start");
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(50);
            }
        }
    }

    static int Run(string program, params string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo(program, args) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async Task DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }
        Directory.Delete(_folder, recursive: true);
    }
}

sealed class SmtpFactAttribute : FactAttribute
{
    public SmtpFactAttribute() => Skip = Smtpd.Missing;
}

sealed class SmtpTheoryAttribute : TheoryAttribute
{
    public SmtpTheoryAttribute() => Skip = Smtpd.Missing;
}
