import { type InfiniteData, type UseInfiniteQueryResult, useInfiniteQuery } from '@tanstack/react-query';
import type { ComponentChildren } from 'preact';
import { Button } from '../look/controls.tsx';
import { ErrorLine } from '../look/fields.tsx';
import { useText } from '../text/text.ts';
import { get } from './api.ts';
import { Read, sayProblem } from './edges.tsx';
import type { QueryKey } from './queries.ts';

interface Page {
  next?: string | undefined;
}
export type PagesRead<P extends Page> = UseInfiniteQueryResult<InfiniteData<P>, Error>;

/**
 * Reads a list that answers `next`, a page at a time. What changes meanwhile is read again as far as the list is shown. With
 * `keepDays` it is also kept on this device, encrypted, for that long.
 */
export function usePages<P extends Page>(
  key: QueryKey,
  path: string,
  options: { keepDays?: number; enabled?: boolean } = {},
): PagesRead<P> {
  return useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => get<P>(pageOf(path, pageParam), signal),
    initialPageParam: '',
    getNextPageParam: (last: P) => last.next,
    enabled: options.enabled ?? true,
    ...(options.keepDays && { meta: { keepDays: options.keepDays } }),
  });
}

function pageOf(path: string, cursor: string): string {
  if (!cursor) return path;
  return `${path}${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`;
}

/** Its screen: what is coming, what went wrong, or the pages so far with the way to more. */
export function Pages<P extends Page>(props: {
  of: PagesRead<P>;
  children: (pages: readonly P[]) => ComponentChildren;
  more: string;
  coming?: string;
  rows?: number;
}) {
  const t = useText('shell');
  const { of, children, more, ...waiting } = props;
  return (
    <Read of={of} {...waiting}>
      {({ pages }) => (
        <>
          {children(pages)}
          {of.isFetchNextPageError && <ErrorLine says={sayProblem(t, of.error)} />}
          {of.hasNextPage && (
            <Button wide busy={of.isFetchingNextPage} onClick={() => void of.fetchNextPage()}>
              {more}
            </Button>
          )}
        </>
      )}
    </Read>
  );
}
