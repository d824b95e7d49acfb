import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Cloud, startCloud } from './cloud.ts';
import { localPages } from './control/local-pages.ts';
import { demoPages } from './demo/pages.ts';
import { openToBrowsers } from './origin/open.ts';
import type { Prepared } from './prepare.ts';
import { seed } from './seed/seed.ts';
import { findState, keepState } from './state.ts';

export interface ProductOptions {
  readonly prepared: Prepared;
  readonly port: number;
  /** `.local`: keys that stay, logs, state. */
  readonly directory: string;
  /** Initial time, an ISO instant; without it the kept one, or the demonstration's. */
  readonly at: string | undefined;
  readonly empty: boolean;
  readonly stories: boolean;
  readonly fresh: boolean;
  readonly hostile: string | undefined;
}

/** The whole product with its demonstration, from its templates to the last of its people. */
export class Product {
  readonly #options: ProductOptions;
  #cloud: Cloud | undefined;
  #close: (() => Promise<void>) | undefined;

  constructor(options: ProductOptions) {
    this.#options = options;
  }

  /** Calls `ready` when it can be used; the rest of the demonstration fills in behind that. */
  async run(tell: (line: string) => void, ready: (cloud: Cloud, hasWeb: boolean) => void): Promise<void> {
    const { prepared, port, directory, empty, stories, fresh, hostile } = this.#options;
    const kept = empty || stories || fresh ? undefined : findState(directory, prepared.codeHash);
    const cloud = await startCloud({
      assembly: prepared.assembly,
      web: prepared.web,
      port,
      directory,
      at: this.#startsAt(kept?.now),
      ...(kept !== undefined && { restoreFrom: kept.directory, people: kept.people }),
    });
    this.#cloud = cloud;
    if (hostile !== undefined) cloud.beHostile(Number(hostile));
    const pages = localPages(cloud);
    pages.add(demoPages(cloud));
    this.#close = await openToBrowsers(cloud, prepared.web, pages);
    // What happens by itself begins at once; what waits for people can wait until they are let in.
    void cloud.functions.warm(cloud.consuming);
    if (empty) await seed.first(cloud, prepared.seed);
    else if (kept === undefined) await seed.story(cloud, prepared.seed, tell);
    ready(cloud, existsSync(join(prepared.web, 'index.html')));
    void cloud.functions.warm();
    if (empty || stories || kept?.complete) return;
    await seed.rest(cloud, prepared.seed, tell);
    if (!fresh) await keepState(directory, prepared.codeHash, cloud, true);
  }

  async stop(): Promise<void> {
    await this.#close?.().catch(() => undefined);
    await this.#cloud?.stop().catch(() => undefined);
  }

  #startsAt(kept: number | undefined): number {
    const { at, empty } = this.#options;
    if (at !== undefined) return Date.parse(at);
    return kept ?? (empty ? Date.now() : seed.startsAt());
  }
}
