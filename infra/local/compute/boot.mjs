// Runs inside one function environment: replaces Date by the moved clock, then imports the untouched bundle.
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

const cells = new BigInt64Array(workerData.clock);
const RealDate = Date;
const realNow = Date.now.bind(Date);

function now() {
  const frozen = Atomics.load(cells, 0);
  return frozen === -1n ? realNow() + Number(Atomics.load(cells, 1)) : Number(frozen);
}

function MovedDate(...parts) {
  if (!new.target) return new RealDate(now()).toString();
  return Reflect.construct(RealDate, parts.length === 0 ? [now()] : parts, new.target);
}
MovedDate.prototype = RealDate.prototype;
MovedDate.prototype.constructor = MovedDate;
Object.setPrototypeOf(MovedDate, RealDate);
MovedDate.now = now;
globalThis.Date = MovedDate;

const bundle = await import(pathToFileURL(workerData.entry).href);
const handler = bundle[workerData.exportName] ?? bundle.default?.[workerData.exportName];
if (typeof handler !== 'function') throw new Error(`${workerData.entry} exports no ${workerData.exportName}`);

parentPort.on('message', async ({ event, requestId, timeoutMs }) => {
  const deadline = performance.now() + timeoutMs;
  const context = {
    ...workerData.context,
    awsRequestId: requestId,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, Math.round(deadline - performance.now())),
  };
  try {
    const result = await handler(JSON.parse(event), context);
    parentPort.postMessage({ requestId, payload: JSON.stringify(result) ?? 'null' });
  } catch (error) {
    const name = error instanceof Error ? error.name : typeof error;
    const message = error instanceof Error ? error.message : String(error);
    console.error(error);
    parentPort.postMessage({ requestId, error: { type: name, message } });
  }
});
parentPort.postMessage({ ready: true });
