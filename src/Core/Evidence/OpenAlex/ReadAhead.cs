using System.Runtime.ExceptionServices;
using System.Threading.Channels;

namespace Entente.Core.Evidence.OpenAlex;

/// <summary>Reads a stream on a second thread, a few blocks ahead, so that unpacking and parsing go side by side.</summary>
sealed class ReadAhead : IDisposable
{
    const int BlockSize = 512 << 10;
    const int Blocks = 4;

    readonly Channel<(byte[] Block, int Length)> _filled = Channel.CreateBounded<(byte[], int)>(Blocks);
    readonly Channel<byte[]> _free = Channel.CreateUnbounded<byte[]>();
    readonly CancellationTokenSource _stop = new();
    readonly Task _filling;
    byte[]? _block;
    int _next, _length;

    public ReadAhead(Stream source)
    {
        for (var i = 0; i < Blocks; i++) _free.Writer.TryWrite(new byte[BlockSize]);
        _filling = Task.Factory.StartNew(() => Fill(source), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    void Fill(Stream source)
    {
        try
        {
            while (true)
            {
                var block = Await(_free.Reader.ReadAsync(_stop.Token));
                var length = source.ReadAtLeast(block, block.Length, throwOnEndOfStream: false);
                if (length == 0) break;
                Await(_filled.Writer.WriteAsync((block, length), _stop.Token));
            }
            _filled.Writer.Complete();
        }
        catch (Exception error)
        {
            // Told to the reader, when it comes to this place in the stream.
            _filled.Writer.TryComplete(error);
        }
    }

    /// <summary>Fills as much of the buffer as there is; 0 at the end.</summary>
    public int Read(Span<byte> buffer)
    {
        if (_next == _length && !NextBlock()) return 0;
        var read = Math.Min(buffer.Length, _length - _next);
        _block.AsSpan(_next, read).CopyTo(buffer);
        _next += read;
        return read;
    }

    bool NextBlock()
    {
        if (_block is not null) _free.Writer.TryWrite(_block);
        (_block, _next, _length) = (null, 0, 0);
        try
        {
            if (!Await(_filled.Reader.WaitToReadAsync())) return false;
        }
        catch (ChannelClosedException closed) when (closed.InnerException is { } cause)
        {
            ExceptionDispatchInfo.Throw(cause);
        }
        if (!_filled.Reader.TryRead(out var filled)) return false;
        (_block, _length) = filled;
        return true;
    }

    // Both ends are plain threads that have nothing else to do than to wait.
    static T Await<T>(ValueTask<T> task) => task.IsCompletedSuccessfully ? task.Result : task.AsTask().GetAwaiter().GetResult();

    static void Await(ValueTask task)
    {
        if (!task.IsCompletedSuccessfully) task.AsTask().GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        _stop.Cancel();
        _filling.GetAwaiter().GetResult();
        _stop.Dispose();
    }
}
