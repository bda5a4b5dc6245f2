// Runs queries in DuckDB for the tests. ENTENTE_TEST_DUCKDB names a folder whose node_modules holds @duckdb/node-api.
// Standard input: [{name, sql, folder}]; standard output: [{name, rows}] or [{name, error}]. Each query runs as its receipt
// prints it, in a folder where its files lie.
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const require = createRequire(join(process.env.ENTENTE_TEST_DUCKDB, 'node_modules', 'x.js'));
const { DuckDBInstance } = require('@duckdb/node-api');
const instance = await DuckDBInstance.create(':memory:');
const answers = [];
for (const { name, sql, folder } of JSON.parse(readFileSync(0, 'utf8'))) {
  const connection = await instance.connect();
  try {
    process.chdir(folder);
    const statements = await connection.extractStatements(sql);
    let result;
    for (let i = 0; i < statements.count; i++) result = await (await statements.prepare(i)).runAndReadAll();
    answers.push({ name, rows: result.getRowObjectsJson() });
  } catch (error) {
    answers.push({ name, error: String(error.message ?? error) });
  }
  connection.closeSync();
}
writeFileSync(1, JSON.stringify(answers));
process.exit(0);
