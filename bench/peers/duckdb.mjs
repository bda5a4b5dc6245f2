// DuckDB for bench/run, in a process of its own. ENTENTE_BENCH_DUCKDB names a folder whose node_modules holds @duckdb/node-api.
// A line of standard input is a JSON text of SQL; a line of standard output {ms, rows} or {error}: ms is what the query took in here.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const require = createRequire(join(process.env.ENTENTE_BENCH_DUCKDB, 'node_modules', 'x.js'));
const { DuckDBInstance } = require('@duckdb/node-api');
const connection = await (await DuckDBInstance.create(process.argv[2])).connect();
for await (const line of createInterface({ input: process.stdin })) {
  try {
    const began = performance.now();
    const rows = (await connection.runAndReadAll(JSON.parse(line))).getRows();
    const ms = performance.now() - began;
    console.log(JSON.stringify({ ms, rows: rows.map(row => row.map(value => value === null ? '' : String(value))) }));
  } catch (error) {
    console.log(JSON.stringify({ error: String(error.message ?? error) }));
  }
}
