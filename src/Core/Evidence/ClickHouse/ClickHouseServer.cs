using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Entente.Core.Kernel;

namespace Entente.Core.Evidence.ClickHouse;

/// <summary>What a server or the way to it would not do; becomes a refusal where a question meets it.</summary>
sealed class ClickHouseException(Refusal refusal) : Exception(refusal.Message.En)
{
    public Refusal Refusal { get; } = refusal;
}

/// <summary>What answers queries with rows.</summary>
abstract class RowSource
{
    /// <summary>The rows of a query. Its columns must be of the types that the caller reads.</summary>
    /// <exception cref="ClickHouseException">The server does not answer, or not with rows.</exception>
    public abstract RowReader Ask(string sql);
}

/// <summary>
/// One ClickHouse server, over its HTTP interface. Every statement says that nothing may be cut short: whatever the server's
/// profile holds, an answer is whole or an error.
/// </summary>
sealed class ClickHouseServer : RowSource
{
    const int ShownOfServer = 300;

    // Each can be set by a profile to leave out what takes too long, is too large, or lies on a server that does not answer.
    const string Whole = "skip_unavailable_shards=0&fallback_to_stale_replicas_for_distributed_queries=0&max_parallel_replicas=1"
        + "&timeout_overflow_mode=throw&read_overflow_mode=throw&group_by_overflow_mode=throw&sort_overflow_mode=throw&result_overflow_mode=throw"
        + "&set_overflow_mode=throw&join_overflow_mode=throw&transfer_overflow_mode=throw&distinct_overflow_mode=throw"
        + "&max_query_size=67108864&max_ast_elements=5000000&max_expanded_ast_elements=5000000&wait_end_of_query=1&buffer_size=1048576";

    static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(2) })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    readonly Uri _address;
    readonly AuthenticationHeaderValue? _who;

    public ClickHouseServer(Uri address)
    {
        Name = ClickHouseAddress.NameOf(address);
        _address = new(Name + "/?" + Whole);
        if (address.UserInfo.Length > 0)
            _who = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Join(':', address.UserInfo.Split(':', 2).Select(Uri.UnescapeDataString)) is var who && who.Contains(':') ? who : who + ":")));
    }

    public string Name { get; }

    public override RowReader Ask(string sql) => Ask(sql, orNothing: false);

    /// <summary>The rows of a query; none where its database or its table was not made yet.</summary>
    public RowReader AskIfThere(string sql) => Ask(sql, orNothing: true);

    RowReader Ask(string sql, bool orNothing)
    {
        using var request = Request(_address, new StringContent(sql + "\nformat RowBinary"));
        try
        {
            var response = Http.Send(request, HttpCompletionOption.ResponseHeadersRead);
            if (!response.IsSuccessStatusCode)
            {
                var said = new StreamReader(response.Content.ReadAsStream()).ReadToEnd();
                // 60: no such table; 81: no such database.
                if (orNothing && (said.StartsWith("Code: 60,", StringComparison.Ordinal) || said.StartsWith("Code: 81,", StringComparison.Ordinal)
                    || said.StartsWith("Code: 60.", StringComparison.Ordinal) || said.StartsWith("Code: 81.", StringComparison.Ordinal))) return new(Stream.Null, Unreachable);
                throw Failed(response.StatusCode, said);
            }
            return new(response.Content.ReadAsStream(), Unreachable);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw Unreachable(e);
        }
    }

    /// <summary>Runs a statement that answers nothing.</summary>
    public Task RunAsync(string sql, CancellationToken ct) => PostAsync(_address, new StringContent(sql), ct);

    /// <summary>Inserts rows of RowBinary. Done when it returns: the rows are in the table, or, when it throws, perhaps some are.</summary>
    public Task InsertAsync(string table, string columns, ReadOnlyMemory<byte> rows, CancellationToken ct) =>
        PostAsync(new($"{_address}&query={Uri.EscapeDataString($"insert into {table} ({columns}) format RowBinary")}"), new ReadOnlyMemoryContent(rows), ct);

    async Task PostAsync(Uri address, HttpContent content, CancellationToken ct)
    {
        using var request = Request(address, content);
        try
        {
            using var response = await Http.SendAsync(request, ct);
            if (!response.IsSuccessStatusCode) throw Failed(response.StatusCode, await response.Content.ReadAsStringAsync(ct));
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw Unreachable(e);
        }
    }

    HttpRequestMessage Request(Uri address, HttpContent content)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        request.Headers.Authorization = _who;
        return request;
    }

    ClickHouseException Unreachable(Exception e) => new(Refusal.Conflict("clickhouse-unreachable",
        $"The ClickHouse server {Name} does not answer: {e.Message.TrimEnd('.')}. Start it, or name another with --url.",
        $"Le serveur ClickHouse {Name} ne répond pas\u202F: {e.Message.TrimEnd('.')}. Démarrez-le, ou nommez-en un autre avec --url."));

    ClickHouseException Failed(HttpStatusCode status, string said)
    {
        var line = said.ReplaceLineEndings(" ").Trim();
        if (line.Length > ShownOfServer) line = line[..ShownOfServer] + " …";
        return new(Refusal.Conflict("clickhouse-failed",
            $"ClickHouse at {Name} did not answer the whole question (status {(int)status}): {line}",
            $"ClickHouse, à {Name}, n’a pas répondu à toute la question (statut {(int)status})\u202F: {line}"));
    }
}
