import type { Cloud } from '../cloud.ts';
import { isRecord, type JsonRecord, numberAt, textAt } from '../json.ts';
import { BadRequest, type LocalRoute } from './answer.ts';

/**
 * `POST /local/faults`: `{"service":"sns","error":"Throttling","times":5}`, `{"hostile":true,"seed":7}` or `{"hostile":false}`,
 * `{"killAfterWrites":{"function":"OnDue","writes":3}}` (any part of the function's name that is unique), `{"clear":true}`.
 */
export function faultsControl(cloud: Cloud): { read: LocalRoute; set: LocalRoute } {
  const view = () => ({
    pending: cloud.aws.faults.pending(),
    hostile: cloud.hostility.seed !== undefined,
    ...(cloud.hostility.seed !== undefined && { seed: cloud.hostility.seed }),
    killed: cloud.functions.kills.killed(),
  });
  return {
    read: () => ({ body: view() }),
    async set(request) {
      const body = await request.body();
      apply(cloud, body);
      return { body: view() };
    },
  };
}

function apply(cloud: Cloud, body: JsonRecord): void {
  const known = ['service', 'hostile', 'killAfterWrites', 'clear'].filter((name) => body[name] !== undefined);
  if (known.length === 0) throw new BadRequest('Say "service" and "error", "hostile", "killAfterWrites" or "clear"');
  if (body.clear === true) {
    cloud.aws.faults.clear();
    cloud.beHostile(undefined);
  }
  if (body.hostile !== undefined) cloud.beHostile(body.hostile === true ? (numberAt(body, 'seed') ?? 1) : undefined);
  if (isRecord(body.killAfterWrites)) planKill(cloud, body.killAfterWrites);
  const service = textAt(body, 'service');
  if (service === undefined) return;
  const operation = textAt(body, 'operation');
  const per = textAt(body, 'per');
  cloud.aws.faults.set({
    service,
    error: textAt(body, 'error') ?? 'Throttling',
    times: numberAt(body, 'times') ?? 1,
    ...(operation !== undefined && { operation }),
    ...((per === 'call' || per === 'request') && { per }),
  });
}

function planKill(cloud: Cloud, plan: JsonRecord): void {
  const wanted = textAt(plan, 'function') ?? '';
  const names = cloud.functions.names().filter((name) => name.toLowerCase().includes(wanted.toLowerCase()));
  const [name] = names;
  if (name === undefined || names.length > 1) {
    throw new BadRequest(
      `"${wanted}" names ${names.length === 0 ? 'no function' : `several functions: ${names.join(', ')}`}`,
    );
  }
  cloud.functions.kills.plan(name, numberAt(plan, 'writes') ?? 1);
}
