using System.Globalization;
using System.Text.Json;
using Entente.Core.Kernel;
using Entente.Engine.Works;

namespace Entente.Core.Evidence.ClickHouse;

/// <summary>One load of one vintage into the servers of an address.</summary>
sealed class ClickHouseLoading(ClickHouseAddress address, Manifest manifest, WorksStore store, int leastStretch, IProgress<ProgressReport>? progress)
{
    /// <summary>Works of a stretch, at least; a partition each, and ClickHouse asks for no more than some hundred.</summary>
    public const int LeastStretch = 1 << 18;
    const int MostStretches = 64;

    const int FullBuffer = 24 << 20;

    readonly ClickHouseTables _tables = ClickHouseTables.Of(address, manifest);
    readonly List<Shard> _shards = [.. address.Servers.Select((server, i) => new Shard(i, new(server)))];

    /// <summary>A server, what waits to be sent to it, and what it was sent of the stretch at hand.</summary>
    sealed class Shard(int number, ClickHouseServer server)
    {
        public int Number => number;
        public ClickHouseServer Server => server;
        public RowWriter Postings { get; private set; } = new();
        public RowWriter Works { get; private set; } = new();
        public HashSet<ushort> Held { get; } = [];
        public long StretchWorks, StretchPostings;
        RowWriter _sentPostings = new(), _sentWorks = new();
        Task _sending = Task.CompletedTask;

        /// <summary>Sends what waits once what was sent before has arrived; the next rows are made meanwhile.</summary>
        public async Task<long> SendAsync(ClickHouseTables tables, CancellationToken ct)
        {
            await _sending;
            (Postings, _sentPostings, Works, _sentWorks) = (_sentPostings, Postings, _sentWorks, Works);
            Postings.Clear();
            Works.Clear();
            var (postings, works) = (_sentPostings, _sentWorks);
            _sending = Task.Run(async () =>
            {
                if (postings.Length > 0) await server.InsertAsync(tables.Postings, ClickHouseTables.PostingColumns, postings.Written, ct);
                if (works.Length > 0) await server.InsertAsync(tables.Works, ClickHouseTables.WorkColumns, works.Written, ct);
            }, ct);
            return postings.Length + works.Length;
        }

        public Task ArrivedAsync() => _sending;
    }

    public long Works { get; private set; }
    public long Postings { get; private set; }
    public long Bytes { get; private set; }
    public bool AlreadyThere { get; private set; }

    public async Task<Refusal?> RunAsync(TimeProvider clock, CancellationToken ct)
    {
        if (Cluster() is { } wrong) return wrong;
        foreach (var shard in _shards)
            foreach (var statement in _tables.Create()) await shard.Server.RunAsync(statement, ct);
        Works = store.Works;
        var visible = _shards.Where(Visible).ToList();
        if (visible.Count == _shards.Count)
        {
            AlreadyThere = true;
            return null;
        }
        await BeginAsync(ct);
        var rows = new ClickHouseRows(store);
        await LoadAsync(rows, ct);
        var (units, topics) = (rows.Units(), rows.Topics());
        foreach (var shard in _shards)
        {
            await EndAsync(shard, units, topics, ct);
            Bytes += units.Length + topics.Length;
        }
        if (Check() is { } incomplete) return incomplete;
        foreach (var shard in Enumerable.Reverse(_shards).Except(visible)) await ShowAsync(shard, clock, ct);
        return null;
    }

    // The cluster must be of these servers, one each: fewer would miss works, and a second copy of one would count them twice.
    Refusal? Cluster()
    {
        if (address.Cluster is null)
            return _shards.Count == 1 ? null : Refusal.Usage("cluster", "Several servers need the name of the cluster that they are: --cluster C, as their remote_servers call it.",
                "Plusieurs serveurs demandent le nom de leur grappe\u202F: --cluster C, tel que leur remote_servers l’appelle.", "cluster");
        foreach (var shard in _shards)
        {
            using var answer = shard.Server.Ask($"select toUInt32(uniqExact(shard_num)), toUInt32(count()) from system.clusters where cluster = {ClickHouseTables.Text(address.Cluster)}");
            var (shards, replicas) = answer.More() ? (answer.U32(), answer.U32()) : (0, 0);
            if (shards == _shards.Count && replicas == shards) continue;
            return Refusal.Invalid("cluster",
                $"{shard.Server.Name} knows the cluster {address.Cluster} as {shards} shards of {replicas} servers, and {_shards.Count} are named. Name every server of it with --url, one for each shard; replicas are not supported.",
                $"{shard.Server.Name} connaît la grappe {address.Cluster} comme {shards} fragments de {replicas} serveurs, or {_shards.Count} sont nommés. Nommez chacun de ses serveurs avec --url, un par fragment\u202F; les répliques ne sont pas gérées.", "cluster");
        }
        return null;
    }

    bool Visible(Shard shard) => ClickHouseVintages.List(shard.Server, address.Database).Any(v => v.Manifest.Id == manifest.Id && v.Suffix == _tables.Suffix);

    // What a broken load left is taken away, stretch by stretch; what a server holds whole stays.
    async Task BeginAsync(CancellationToken ct)
    {
        foreach (var shard in _shards)
        {
            using (var held = shard.Server.Ask($"select stretch from {_tables.Stretches} group by stretch"))
                while (held.More()) shard.Held.Add((ushort)held.I16());
            var stretches = new HashSet<ushort>();
            foreach (var table in new[] { _tables.Postings, _tables.Works })
                using (var begun = shard.Server.Ask($"select stretch from {table} group by stretch"))
                    while (begun.More()) stretches.Add((ushort)begun.I16());
            foreach (var stretch in stretches.Except(shard.Held)) await DropAsync(shard, stretch, ct);
        }
    }

    async Task DropAsync(Shard shard, ushort stretch, CancellationToken ct)
    {
        foreach (var table in new[] { _tables.Postings, _tables.Works })
            await shard.Server.RunAsync(string.Create(CultureInfo.InvariantCulture, $"alter table {table} drop partition {stretch}"), ct);
    }

    async Task LoadAsync(ClickHouseRows rows, CancellationToken ct)
    {
        var size = Math.Max(leastStretch, (store.Works + MostStretches - 1) / MostStretches);
        var (done, stretch) = (0L, (ushort)0);
        foreach (var segment in store.Segments)
        {
            var (listOf, funders) = (rows.ListsOf(segment), segment.Funders?.ByWork(segment.Count));
            for (var work = 0; work < segment.Count; work++)
            {
                if (!segment.Stands(work)) continue;
                if (done > 0 && done % size == 0) await EndStretchAsync(stretch++, done, ct);
                done++;
                var shard = _shards[(int)(segment.Ids[work] % _shards.Count)];
                if (shard.Held.Contains(stretch)) continue;
                shard.StretchPostings += rows.Write(segment, listOf, work, funders?[work], stretch, shard.Postings, shard.Works);
                shard.StretchWorks++;
                if (shard.Postings.Length + shard.Works.Length >= FullBuffer) Bytes += await shard.SendAsync(_tables, ct);
                if ((done & 0xFFFF) == 0) Report(done);
            }
        }
        await EndStretchAsync(stretch, done, ct);
    }

    void Report(long done) => progress?.Report(new(new("Loading into ClickHouse", "Chargement dans ClickHouse"), done, store.Works, done));

    async Task EndStretchAsync(ushort stretch, long done, CancellationToken ct)
    {
        Report(done);
        ct.ThrowIfCancellationRequested();
        foreach (var shard in _shards)
        {
            if (shard.Held.Contains(stretch)) continue;
            Bytes += await shard.SendAsync(_tables, ct);
            await shard.ArrivedAsync();
            await shard.Server.InsertAsync(_tables.Stretches, "stretch, works, postings",
                new RowWriter().U16(stretch).U64((ulong)shard.StretchWorks).U64((ulong)shard.StretchPostings).Written, ct);
            (shard.StretchWorks, shard.StretchPostings) = (0, 0);
        }
    }

    // Units and topics, then the control row: whoever reads it knows that this server holds its part.
    async Task EndAsync(Shard shard, RowWriter units, RowWriter topics, CancellationToken ct)
    {
        foreach (var table in new[] { _tables.Units, _tables.Topics }) await shard.Server.RunAsync($"drop table {table}", ct);
        foreach (var statement in _tables.Create()) await shard.Server.RunAsync(statement, ct);
        await shard.Server.InsertAsync(_tables.Units, ClickHouseTables.UnitColumns, units.Written, ct);
        if (topics.Length > 0) await shard.Server.InsertAsync(_tables.Topics, ClickHouseTables.TopicColumns, topics.Written, ct);
        var (postings, works) = (new RowWriter(), new RowWriter());
        ClickHouseRows.Control(shard.Number, postings, works);
        await shard.Server.InsertAsync(_tables.Postings, ClickHouseTables.PostingColumns, postings.Written, ct);
        await shard.Server.InsertAsync(_tables.Works, ClickHouseTables.WorkColumns, works.Written, ct);
    }

    /// <summary>Holds what the servers have against what was sent, through each of them.</summary>
    Refusal? Check()
    {
        var (works, postings) = (0UL, 0UL);
        foreach (var shard in _shards)
            using (var sent = shard.Server.Ask($"select sum(works), sum(postings) from {_tables.Stretches}"))
                if (sent.More()) (works, postings) = (works + sent.U64(), postings + sent.U64());
        Postings = (long)postings;
        if (works != (ulong)store.Works) return Incomplete(_shards[0], works, (ulong)store.Works);
        foreach (var shard in _shards)
        {
            var told = new ClickHouseVintage(manifest, _tables.Suffix, _shards.Count, store.Works, Postings);
            if (ClickHouseVintages.Missing(shard.Server, _tables, told) is { } missing) return missing;
        }
        return null;
    }

    static Refusal Incomplete(Shard shard, ulong found, ulong sent) => Refusal.Conflict("clickhouse-incomplete",
        $"{shard.Server.Name} and the others hold {found} works of {sent}: the vintage is not shown. Run the same line again.",
        $"{shard.Server.Name} et les autres contiennent {found} publications sur {sent}\u202F: le millésime n’est pas montré. Relancez la même ligne.");

    Task ShowAsync(Shard shard, TimeProvider clock, CancellationToken ct) => shard.Server.InsertAsync(_tables.VintagesTable, ClickHouseTables.VintageColumns,
        new RowWriter().Text(manifest.Id).Text(ClickHouseTables.HashOf(manifest)).Text(_tables.Suffix).U16((ushort)_shards.Count).U64((ulong)store.Works).U64((ulong)Postings)
            .U32((uint)store.DistinctUnits.Count).U16((ushort)(store.FirstYear ?? 0)).U16((ushort)(store.LastYear ?? 0)).U8(store.Taxonomy.IsWhole ? (byte)1 : (byte)0).U8(store.KnowsFunders ? (byte)1 : (byte)0).Text(Countries.Version)
            .Text(JsonSerializer.Serialize(manifest, Manifest.Json)).U64((ulong)clock.GetUtcNow().ToUnixTimeMilliseconds()).Written, ct);
}
