import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../infra/bundle.ts';
import { type Cloud, startCloud } from '../../infra/local/cloud.ts';
import { readMappings } from '../../infra/local/messages/mapping.ts';
import { prepare } from '../../infra/local/prepare.ts';
import { aHeartbeat, anOpening, aRecord } from '../devices/support/events.ts';
import { givenPatient, givenTeam, type Place } from '../flow/given.ts';
import { flowEnv } from '../flow/pump.ts';
import { createTestTools } from '../support/table-tools.ts';
import { bars } from './bars.ts';
import { atMost, type Row } from './row.ts';

const port = 4860;
const perMinute = 1_000;
const seconds = 30;
const boxes = 100;
/** Ten in the morning in Kolkata, between the reminders. */
const at = Date.parse('2026-11-30T06:40:00.000Z');

/** The product as its template says, with its real event sources: how often functions run for what boxes send. */
export async function telemetryRate(): Promise<readonly Row[]> {
  const directory = mkdtempSync(join(tmpdir(), 'careconnect-telemetry-'));
  const prepared = await prepare(root, { web: false, asIs: false }, () => undefined);
  const cloud = await startCloud({ assembly: prepared.assembly, web: prepared.web, port, directory, at });
  try {
    const fleet = await Fleet.given(cloud);
    const alone = { heartbeat: await fleet.alone('heartbeat'), opening: await fleet.alone('opening') };
    const { telemetry, all } = await fleet.speaks();
    const what = `telemetry at ${perMinute.toLocaleString('en')} events a minute`;
    return [
      atMost(
        `${what}: its function's invocations an event`,
        telemetry,
        bars.telemetryInvocationsPerEvent,
        'invocations',
      ),
      {
        what: `${what}: all that follows (each tenth an opening)`,
        measured: `${all.toFixed(2)} invocations`,
        bar: 'none',
        ok: undefined,
      },
      atMost('a lone heartbeat, all that follows', alone.heartbeat, bars.loneEventInvocations, 'invocations'),
      atMost('a lone opening, all that follows', alone.opening, bars.loneEventInvocations, 'invocations'),
    ];
  } finally {
    await cloud.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

class Fleet {
  readonly #cloud: Cloud;
  readonly #queueArn: string;
  readonly #telemetry: string;
  readonly #ran: string[] = [];
  readonly #seqs: number[] = Array.from({ length: boxes }, () => 0);

  private constructor(cloud: Cloud) {
    this.#cloud = cloud;
    const mapping = readMappings(cloud.deployment).find(({ sourceArn }) => /telemetry/i.test(sourceArn));
    if (!mapping) throw new Error('nothing reads the telemetry queue');
    this.#queueArn = mapping.sourceArn;
    this.#telemetry = mapping.functionName;
    const invoke = cloud.functions.invoke.bind(cloud.functions);
    cloud.functions.invoke = (name, event) => {
      this.#ran.push(name);
      return invoke(name, event);
    };
  }

  /** A hundred patients, each with a box that was heard. */
  static async given(cloud: Cloud): Promise<Fleet> {
    const place = await placeIn(cloud);
    const team = await givenTeam(place);
    for (let index = 0; index < boxes; index++)
      await givenPatient(place, team, {
        patientId: `pat_${index}`,
        number: index,
        boxId: boxId(index),
        plan: { start: '2026-11-30' },
      });
    const fleet = new Fleet(cloud);
    for (let index = 0; index < boxes; index++) await fleet.#send(index, 'heartbeat');
    await cloud.idle();
    return fleet;
  }

  /** Invocations of everything until nothing runs any more. */
  async alone(kind: 'heartbeat' | 'opening'): Promise<number> {
    this.#ran.length = 0;
    await this.#send(boxes - 1, kind);
    await new Promise((done) => setTimeout(done, 3_000));
    await this.#cloud.idle();
    return this.#counted();
  }

  /** Invocations an event, of the function that takes telemetry in and of all. */
  async speaks(): Promise<{ telemetry: number; all: number }> {
    this.#ran.length = 0;
    const events = (perMinute * seconds) / 60;
    const began = performance.now();
    for (let event = 0; event < events; event++) {
      const due = began + (event * 60_000) / perMinute;
      await new Promise((done) => setTimeout(done, Math.max(0, due - performance.now())));
      await this.#send(event % boxes, event % 10 === 0 ? 'opening' : 'heartbeat');
    }
    await new Promise((done) => setTimeout(done, 3_000));
    await this.#cloud.idle();
    const telemetry = this.#ran.filter((name) => name === this.#telemetry).length;
    return { telemetry: telemetry / events, all: this.#counted() / events };
  }

  /** Without what the clock does by itself. */
  #counted(): number {
    return this.#ran.filter((name) => !/OnMinute|OnDue/.test(name)).length;
  }

  async #send(index: number, kind: 'heartbeat' | 'opening'): Promise<void> {
    const now = new Date(this.#cloud.clock.now()).toISOString();
    const seq = (this.#seqs[index] ?? 0) + 1;
    this.#seqs[index] = seq;
    const common = { bootId: '7f3a9c21', seq, deviceTime: now, uptimeMs: seq * 1000 };
    const event = kind === 'opening' ? anOpening(common) : aHeartbeat(common);
    await this.#cloud.aws.sqs.send(
      this.#queueArn,
      JSON.stringify(aRecord(event, { boxId: boxId(index), receivedAt: now })),
    );
  }
}

const boxId = (index: number) => `CC-${String(index).padStart(4, '0')}`;

/** The product's actions on the running product's table, as its operator. */
async function placeIn(cloud: Cloud): Promise<Place> {
  const [table] = cloud.resources.tables;
  if (!table) throw new Error('the template has no table');
  const { endpoint, operator: credentials } = cloud.aws;
  const options = {
    tableName: table.name,
    credentials,
    env: flowEnv,
    now: new Date(at - 24 * 3_600_000).toISOString(),
  };
  const tools = await createTestTools(endpoint, options);
  return { tools, does: (_, act) => act() };
}
