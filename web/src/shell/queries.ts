import { QueryCache, QueryClient, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { get } from './api.ts';
import { mayPass, Problem } from './problem.ts';
import { allKept, keep } from './vault.ts';

/** Every key starts with who looks and at whose record, so that one patient's screen can never show another's. */
export type QueryKey = readonly [viewerId: string, subjectId: string, ...what: (string | number)[]];

declare module '@tanstack/react-query' {
  interface Register {
    queryMeta: { keepDays?: number };
  }
}

export const queries = new QueryClient({
  queryCache: new QueryCache({
    onSuccess: (data, query) => {
      const days = query.meta?.keepDays;
      if (days) void keep(JSON.stringify(query.queryKey), data, days);
    },
  }),
  defaultOptions: {
    queries: {
      // We know better than the browser whether the server answers; a paused query would only hide it.
      networkMode: 'always',
      staleTime: 15_000,
      gcTime: 30 * 60_000,
      retry: (count, error) => count < 2 && mayPass(error) && !(error instanceof Problem && error.status === 429),
      retryDelay: (count) => Math.random() * 1_000 * 2 ** count,
      refetchOnWindowFocus: true,
    },
    mutations: { networkMode: 'always' },
  },
});

/** Puts what this device keeps on the screen before the network has said anything; answers when the newest of it is from. */
export async function drawFromVault(): Promise<number | undefined> {
  let newest: number | undefined;
  for (const { name, value, savedAt } of await allKept()) {
    if (!name.startsWith('[')) continue;
    const key: unknown = JSON.parse(name);
    // However young, it is asked for again: what was said just before the app was closed may not be in it.
    if (Array.isArray(key)) queries.setQueryData(key, value, { updatedAt: 0 });
    newest = Math.max(newest ?? 0, savedAt);
  }
  return newest;
}

/** Reads ahead what must also open without a network. */
export function readAhead(key: QueryKey, path: string, keepDays: number): Promise<void> {
  return queries.prefetchQuery({ queryKey: key, queryFn: ({ signal }) => get(path, signal), meta: { keepDays } });
}

/** Reads `path`. With `keepDays` the answer is also kept on this device, encrypted, for that long. */
export function useRead<T>(
  key: QueryKey,
  path: string,
  options: { keepDays?: number; enabled?: boolean; refetchSeconds?: number } = {},
): UseQueryResult<T, Error> {
  return useQuery<T>({
    queryKey: key,
    queryFn: ({ signal }) => get<T>(path, signal),
    enabled: options.enabled ?? true,
    ...(options.keepDays && { meta: { keepDays: options.keepDays } }),
    ...(options.refetchSeconds && { refetchInterval: options.refetchSeconds * 1000 }),
  });
}

/** Something about this subject changed: draw again whatever shows it. */
export function subjectChanged(subjectId: string): Promise<void> {
  return queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] === subjectId });
}
