import type { Meter, Units } from '../types.ts';

export type UnitMeter = Meter & { add(functionName: string, kind: 'read' | 'write', units: number): void };

/** Adds up consumed units as AWS bills them: failed conditions too, which the engine does not count. */
export function unitMeter(): UnitMeter {
  let total = nothing();
  let byFunction = new Map<string, Units>();
  return {
    add(functionName, kind, units) {
      const own = byFunction.get(functionName) ?? nothing();
      byFunction.set(functionName, own);
      for (const sum of [total, own]) {
        sum[kind === 'write' ? 'writeUnits' : 'readUnits'] += units;
        sum[kind === 'write' ? 'writes' : 'reads'] += 1;
      }
    },
    read: () => ({
      total: { ...total },
      byFunction: Object.fromEntries([...byFunction].map(([k, v]) => [k, { ...v }])),
    }),
    reset() {
      total = nothing();
      byFunction = new Map();
    },
  };
}

function nothing(): Units {
  return { writeUnits: 0, readUnits: 0, writes: 0, reads: 0 };
}
