using System.Globalization;
using System.Text.Json;
using Entente.Core.Kernel;

namespace Entente.Core.Evidence.ClickHouse;

/// <summary>One load of one vintage into the servers of an address.</summary>
sealed class ClickHouseLoading<T>(ClickHouseAddress address, ClickHouseCargo<T> cargo, int leastStretch, IProgress<ProgressReport>? progress)
{
    const int MostStretches = 64;

    const int FullBuffer = 24 << 20;

    readonly ClickHouseSchema _schema = cargo.Schema;
    readonly List<Shard> _shards = [.. address.Servers.Select((server, i) => new Shard(i, new(server), cargo.Schema))];

    /// <summary>A server, what waits to be sent to it, and what it was sent of the stretch at hand.</summary>
    sealed class Shard(int number, ClickHouseServer server, ClickHouseSchema schema)
    {
        public int Number => number;
        public ClickHouseServer Server => server;
        public RowWriter[] Rows { get; private set; } = Writers(schema);
        public long[] Sent { get; } = new long[schema.Parted.Count];
        public HashSet<ushort> Held { get; } = [];
        RowWriter[] _sending = Writers(schema);
        Task _arriving = Task.CompletedTask;

        public static RowWriter[] Writers(ClickHouseSchema schema) => [.. schema.Parted.Select(_ => new RowWriter())];

        public bool IsFull => Rows.Sum(rows => (long)rows.Length) >= FullBuffer;

        /// <summary>Sends what waits once what was sent before has arrived; the next rows are made meanwhile.</summary>
        public async Task<long> SendAsync(CancellationToken ct)
        {
            await _arriving;
            (Rows, _sending) = (_sending, Rows);
            foreach (var rows in Rows) rows.Clear();
            var sending = _sending;
            _arriving = Task.Run(() => InsertAsync(sending, ct), ct);
            return sending.Sum(rows => (long)rows.Length);
        }

        public async Task InsertAsync(RowWriter[] parted, CancellationToken ct)
        {
            foreach (var (table, rows) in schema.Parted.Zip(parted)) await InsertAsync(table, rows, ct);
        }

        public async Task InsertAsync(ClickHouseTable table, RowWriter rows, CancellationToken ct)
        {
            if (rows.Length > 0) await server.InsertAsync(schema.On(table), table.ColumnNames, rows.Written, ct);
        }

        public Task ArrivedAsync() => _arriving;
    }

    /// <summary>How many rows each parted table has over all servers.</summary>
    public IReadOnlyList<long> Counts { get; private set; } = [];
    public long Bytes { get; private set; }
    public bool AlreadyThere { get; private set; }

    public async Task<Refusal?> RunAsync(TimeProvider clock, CancellationToken ct)
    {
        if (Cluster() is { } wrong) return wrong;
        foreach (var shard in _shards)
            foreach (var statement in _schema.Create()) await shard.Server.RunAsync(statement, ct);
        var visible = _shards.ToDictionary(shard => shard, Visible);
        if (visible.Values.All(told => told is not null))
        {
            (AlreadyThere, Counts) = (true, visible[_shards[0]]!.Counts);
            return null;
        }
        await BeginAsync(ct);
        await LoadAsync(ct);
        var whole = cargo.Whole();
        foreach (var shard in _shards)
        {
            await EndAsync(shard, whole, ct);
            Bytes += whole.Sum(rows => (long)rows.Length);
        }
        if (Check() is { } incomplete) return incomplete;
        foreach (var shard in Enumerable.Reverse(_shards).Where(shard => visible[shard] is null)) await ShowAsync(shard, clock, ct);
        return null;
    }

    // The cluster must be of these servers, one each: fewer would miss rows, and a second copy of one would count them twice.
    Refusal? Cluster()
    {
        if (address.Cluster is null)
            return _shards.Count == 1 ? null : Refusal.Usage("cluster", "Several servers need the name of the cluster that they are: --cluster C, as their remote_servers call it.",
                "Plusieurs serveurs demandent le nom de leur grappe\u202F: --cluster C, tel que leur remote_servers l’appelle.", "cluster");
        foreach (var shard in _shards)
        {
            using var answer = shard.Server.Ask($"select toUInt32(uniqExact(shard_num)), toUInt32(count()) from system.clusters where cluster = {ClickHouseSchema.Text(address.Cluster)}");
            var (shards, replicas) = answer.More() ? (answer.U32(), answer.U32()) : (0, 0);
            if (shards == _shards.Count && replicas == shards) continue;
            return Refusal.Invalid("cluster",
                $"{shard.Server.Name} knows the cluster {address.Cluster} as {shards} shards of {replicas} servers, and {_shards.Count} are named. Name every server of it with --url, one for each shard; replicas are not supported.",
                $"{shard.Server.Name} connaît la grappe {address.Cluster} comme {shards} fragments de {replicas} serveurs, or {_shards.Count} sont nommés. Nommez chacun de ses serveurs avec --url, un par fragment\u202F; les répliques ne sont pas gérées.", "cluster");
        }
        return null;
    }

    ClickHouseVintage? Visible(Shard shard) => ClickHouseVintages.List(shard.Server, address.Database).FirstOrDefault(v => v.Manifest.Id == cargo.Manifest.Id && v.Suffix == _schema.Suffix);

    // What a broken load left is taken away, stretch by stretch; what a server holds whole stays.
    async Task BeginAsync(CancellationToken ct)
    {
        foreach (var shard in _shards)
        {
            shard.Held.UnionWith(StretchesIn(shard, _schema.Stretches));
            foreach (var table in _schema.Parted)
                foreach (var stretch in StretchesIn(shard, table).Except(shard.Held))
                    await shard.Server.RunAsync(string.Create(CultureInfo.InvariantCulture, $"alter table {_schema.On(table)} drop partition {stretch}"), ct);
        }
    }

    List<ushort> StretchesIn(Shard shard, ClickHouseTable table)
    {
        var stretches = new List<ushort>();
        using var rows = shard.Server.Ask($"select stretch from {_schema.On(table)} group by stretch");
        while (rows.More()) stretches.Add((ushort)rows.I16());
        return stretches;
    }

    async Task LoadAsync(CancellationToken ct)
    {
        var size = Math.Max(leastStretch, (cargo.Count + MostStretches - 1) / MostStretches);
        var (done, stretch) = (0L, (ushort)0);
        foreach (var thing in cargo.Things())
        {
            if (done > 0 && done % size == 0) await EndStretchAsync(stretch++, done, ct);
            done++;
            var shard = _shards[cargo.ServerOf(thing, _shards.Count)];
            if (shard.Held.Contains(stretch)) continue;
            cargo.Write(thing, stretch, shard.Rows, shard.Sent);
            if (shard.IsFull) Bytes += await shard.SendAsync(ct);
            if ((done & 0xFFFF) == 0) Report(done);
        }
        await EndStretchAsync(stretch, done, ct);
    }

    void Report(long done) => progress?.Report(new(new("Loading into ClickHouse", "Chargement dans ClickHouse"), done, cargo.Count, done));

    async Task EndStretchAsync(ushort stretch, long done, CancellationToken ct)
    {
        Report(done);
        ct.ThrowIfCancellationRequested();
        foreach (var shard in _shards)
        {
            if (shard.Held.Contains(stretch)) continue;
            Bytes += await shard.SendAsync(ct);
            await shard.ArrivedAsync();
            var row = new RowWriter().U16(stretch);
            foreach (var sent in shard.Sent) row.U64((ulong)sent);
            await shard.InsertAsync(_schema.Stretches, row, ct);
            Array.Clear(shard.Sent);
        }
    }

    // What each server has whole, then the control rows: whoever reads them knows that this server holds its part.
    async Task EndAsync(Shard shard, IReadOnlyList<RowWriter> whole, CancellationToken ct)
    {
        foreach (var table in _schema.Whole) await shard.Server.RunAsync($"drop table {_schema.On(table)}", ct);
        foreach (var statement in _schema.Create()) await shard.Server.RunAsync(statement, ct);
        foreach (var (table, rows) in _schema.Whole.Zip(whole)) await shard.InsertAsync(table, rows, ct);
        var control = Shard.Writers(_schema);
        cargo.WriteControl(shard.Number, control);
        await shard.InsertAsync(control, ct);
    }

    /// <summary>Holds what the servers have against what was sent, through each of them.</summary>
    Refusal? Check()
    {
        var counts = new long[_schema.Parted.Count];
        foreach (var shard in _shards)
        {
            using var sent = shard.Server.Ask($"select {string.Join(", ", _schema.Parted.Select(table => $"sum({table.Name})"))} from {_schema.On(_schema.Stretches)}");
            if (!sent.More()) continue;
            for (var i = 0; i < counts.Length; i++) counts[i] += (long)sent.U64();
        }
        Counts = counts;
        for (var i = 0; i < counts.Length; i++)
            if (cargo.Expected[i] is { } expected && expected != counts[i]) return Incomplete(_schema.Parted[i].Rows, counts[i], expected);
        return _shards.Select(shard => ClickHouseVintages.Missing(shard.Server, _schema, new(cargo.Manifest, _schema.Suffix, _shards.Count, Counts))).FirstOrDefault(missing => missing is not null);
    }

    Refusal Incomplete(Said rows, long found, long sent) => Refusal.Conflict("clickhouse-incomplete",
        $"{_shards[0].Server.Name} and the others hold {found} {rows.En} of {sent}: the vintage is not shown. Run the same line again.",
        $"{_shards[0].Server.Name} et les autres contiennent {found} {rows.Fr} sur {sent}\u202F: le millésime n’est pas montré. Relancez la même ligne.");

    Task ShowAsync(Shard shard, TimeProvider clock, CancellationToken ct)
    {
        var (first, last) = cargo.Years;
        var row = new RowWriter().Text(cargo.Manifest.Id).Text(ClickHouseSchema.HashOf(cargo.Manifest)).Text(_schema.Suffix).U16((ushort)_shards.Count).Count(Counts.Count);
        foreach (var count in Counts) row.U64((ulong)count);
        row.U16((ushort)(first ?? 0)).U16((ushort)(last ?? 0)).Count(cargo.Knows.Count);
        foreach (var known in cargo.Knows) row.Text(known);
        row.Text(Countries.Version).Text(JsonSerializer.Serialize(cargo.Manifest, Manifest.Json)).U64((ulong)clock.GetUtcNow().ToUnixTimeMilliseconds());
        return shard.Server.InsertAsync(ClickHouseSchema.LoadsIn(address.Database), ClickHouseSchema.Loads.ColumnNames, row.Written, ct);
    }
}
