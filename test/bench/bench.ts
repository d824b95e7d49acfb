import { startEngine } from '../support/engine.ts';
import { boxWrites, doseWrites, reads } from './costs.ts';
import { dueRate, lateness } from './due-rows.ts';
import { nurseLoad } from './nurse-load.ts';
import { type Measure, type Row, table } from './row.ts';
import { bundles, firstScreen } from './sizes.ts';
import { telemetryRate } from './telemetry-rate.ts';
import { allTests, startTime, unitTests } from './times.ts';

/**
 * `npm run bench`: the numbers to hold, measured here and now. `npm run bench -- doses reads` measures only these. Ends with
 * an error when a bar is broken.
 */
const engine = await startEngine();
const { endpoint } = engine;
const tell = (line: string) => process.stderr.write(`  ${line}\n`);
const measures: readonly Measure[] = [
  { name: 'bundles', rows: bundles },
  { name: 'screen', rows: firstScreen },
  { name: 'start', rows: startTime },
  { name: 'units', rows: unitTests },
  { name: 'reads', rows: () => reads(endpoint) },
  { name: 'boxes', rows: () => boxWrites(endpoint) },
  { name: 'telemetry', rows: telemetryRate },
  { name: 'doses', rows: () => doseWrites(endpoint) },
  { name: 'due', rows: () => dueRate(endpoint) },
  { name: 'lateness', rows: () => lateness(endpoint) },
  { name: 'nurse', rows: () => nurseLoad(endpoint, tell) },
  { name: 'tests', rows: allTests },
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !measures.some((measure) => measure.name === name));
if (unknown.length > 0) throw new Error(`nothing is called ${unknown.join(', ')}`);

const rows: Row[] = [];
for (const measure of measures) {
  if (wanted.length > 0 && !wanted.includes(measure.name)) continue;
  tell(`measuring ${measure.name} …`);
  rows.push(...(await measured(measure)));
}
engine.stop();
console.log(`\n${table(rows)}`);
const broken = rows.filter((row) => row.ok === false).length;
console.log(broken === 0 ? '\nEvery bar holds.' : `\n${broken} bars are broken.`);
process.exit(broken === 0 ? 0 : 1);

/** A measure that breaks is a broken bar; the others are still measured. */
async function measured({ name, rows: measure }: Measure): Promise<readonly Row[]> {
  try {
    return await measure();
  } catch (error) {
    tell(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return [{ what: name, measured: 'failed', bar: 'measured', ok: false }];
  }
}
