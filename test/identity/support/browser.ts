import type { IdentityTools } from '../../../functions/identity/identity-tools.ts';
import type { Post } from '../../../functions/identity/post.ts';
import type { TestTools } from '../../support/tools.ts';
import { aPool, type PoolInMemory } from './pool.ts';

export type Sent = { to: string; text: string };
export type World = TestTools & { pool: PoolInMemory; post: Post; letters: Sent[]; lastCode(to: string): string };

/** Table, pool and post together. */
export function aWorld(tools: TestTools): World {
  const letters: Sent[] = [];
  const post: Post = {
    sms: async (to, text) => void letters.push({ to, text }),
    email: async (to, _, text) => void letters.push({ to, text }),
  };
  const lastCode = (to: string) => {
    const letter = letters.findLast((each) => each.to === to);
    return /\d{6}/.exec(letter?.text ?? '')?.[0] ?? 'no code was sent';
  };
  return { ...tools, pool: aPool(tools, post), post, letters, lastCode };
}

/** A browser: keeps its cookies and makes requests from one address. */
export function aBrowser(world: World, address = '198.51.100.7') {
  const cookies = new Map<string, string>();
  const tools = (): IdentityTools => ({
    ...world,
    request: {
      id: 'req-1',
      source: address,
      userAgent: 'Mozilla/5.0 (Linux; Android 14) Chrome/140',
      header: () => undefined,
      cookie: (name) => cookies.get(name),
    },
  });
  const keep = (given: readonly string[]) => {
    for (const cookie of given) {
      const [pair = '', maxAge = ''] = cookie.split('; ');
      const name = pair.slice(0, pair.indexOf('='));
      if (maxAge === 'Max-Age=0') cookies.delete(name);
      else cookies.set(name, pair.slice(pair.indexOf('=') + 1));
    }
  };
  return { tools, keep, cookies };
}
