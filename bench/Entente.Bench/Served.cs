using System.Diagnostics;

namespace Entente.Bench;

/// <summary>A server process of its own over the data of a world, on a free port of loopback; ended when it is disposed.</summary>
sealed class Served : IAsyncDisposable
{
    readonly Process _process;

    Served(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }
    public Uri Address => new($"http://127.0.0.1:{Port}");

    /// <summary>Processor time that the server has taken so far, in seconds.</summary>
    public double Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime.TotalSeconds;
        }
    }

    /// <summary>Returns once the server answers that it is ready.</summary>
    /// <exception cref="InvalidOperationException">It did not within a minute, or ended.</exception>
    public static async Task<Served> StartAsync(Options options, BenchWorld world)
    {
        var port = FreePort.Find();
        var process = Process.Start(new ProcessStartInfo(options.Entente, ["serve", "--urls", $"http://127.0.0.1:{port}", "--data", world.Data])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var served = new Served(process, port);
        if (await served.IsReadyAsync()) return served;
        await served.DisposeAsync();
        throw new InvalidOperationException("The server did not answer within a minute.");
    }

    async Task<bool> IsReadyAsync()
    {
        using var client = new HttpClient { BaseAddress = Address };
        for (var i = 0; i < 600 && !_process.HasExited; i++)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri("/ready", UriKind.Relative));
                if (answer.IsSuccessStatusCode) return true;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            await Task.Delay(100);
        }
        return false;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
