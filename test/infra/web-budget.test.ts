import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bars } from '../bench/bars.ts';
import { BuiltWeb } from '../support/web-weight.ts';

let app: BuiltWeb;
beforeAll(async () => {
  app = await BuiltWeb.build();
});
afterAll(() => app.remove());

describe('what a phone has to load', () => {
  it('the patient’s first screen: ≤ 100 kB of JavaScript gzipped, ≤ 170 kB all in, in either language', () => {
    for (const lang of ['en', 'hi'] as const) {
      const needed = app.firstScreen(lang);
      expect(app.weight(needed, /\.js$/)).toBeLessThanOrEqual(bars.firstScreenScriptBytes);
      expect(app.weight(needed, /./)).toBeLessThanOrEqual(bars.firstScreenBytes);
    }
  });

  it('the door: ≤ 100 kB of JavaScript gzipped', () => {
    expect(app.weight(app.neededBy(/signed-out\.tsx$/, /(shell|sign-in)-words-en/), /\.js$/)).toBeLessThanOrEqual(
      100_000,
    );
  });

  it('keeps staff screens off a patient’s phone, also in what is kept for offline', () => {
    const staffOnly = /staff|worklist|enrol|admin|work-words|quarantine|boxes-screen|clinic-day/;
    expect([...app.neededBy(/patient-app\.tsx$/)].filter((file) => staffOnly.test(file))).toEqual([]);
    const worker = app.read('sw.js');
    expect(worker.match(/"\/assets\/[^"]+"/g)?.filter((file) => staffOnly.test(file))).toEqual([]);
  });

  it('keeps the whole of a patient’s app for offline, words of both languages included', () => {
    const worker = app.read('sw.js');
    for (const file of app.neededBy(/patient-app\.tsx$/, /calendar\.tsx$/, /(patient|me)-words-(en|hi)/))
      if (file !== 'index.html') expect(worker).toContain(`"/${file}"`);
  });

  it('keeps nothing for offline that was not built: one missing file, and a phone keeps none', () => {
    const kept = app.read('sw.js').match(/"\/assets\/[^"]+"/g) ?? [];
    expect(kept.length).toBeGreaterThan(20);
    for (const file of kept) expect(app.read(file.slice(2, -1))).not.toBe('');
  });

  it('gives the service worker no API answer to keep', () => {
    const worker = app.read('sw.js');
    expect(worker).toContain('^\\/(api|ws|local|uploads)');
  });
});
