import { Component, type ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Button, LinkButton } from '../look/controls.tsx';
import { Empty, ErrorState, Skeleton } from '../look/states.tsx';
import { type Text, useText } from '../text/text.ts';
import { knock, network } from './network.ts';
import { outbox } from './outbox.ts';
import { Problem, Unreachable } from './problem.ts';
import { useStore } from './store.ts';

/** The app is on its way: nothing for half a second, then the shape of what is coming. */
export function Opening() {
  const t = useText('shell');
  return (
    <main id="main">
      <Skeleton says={t('loading.app')} lateSays={t('loading.late')} />
    </main>
  );
}

/** A query's screen: what is coming, what went wrong, or the thing itself. What was known stays on the screen. */
export function Read<T>(props: {
  of: { data: T | undefined; error: Error | null; refetch: () => unknown };
  children: (data: T) => ComponentChildren;
  coming?: string;
  rows?: number;
}) {
  const t = useText('shell');
  const { of } = props;
  if (of.data !== undefined) return <>{props.children(of.data)}</>;
  if (of.error) return <Crash error={of.error} retry={() => void of.refetch()} />;
  return (
    <Skeleton
      says={props.coming ?? t('loading.app')}
      lateSays={t('loading.late')}
      {...(props.rows && { rows: props.rows })}
    />
  );
}

/** An error as a person should meet it: what still works, what is kept, when the next try is, what to tell support. */
export function Crash({ error, retry }: { error: unknown; retry?: (() => void) | undefined }) {
  const t = useText('shell');
  if (error instanceof Problem && error.status === 404)
    return (
      <Empty title={t('error.missing.title')} says={t('error.missing.says')}>
        <LinkButton href="/">{t('error.home')}</LinkButton>
      </Empty>
    );
  if (error instanceof Problem && error.status === 403)
    return (
      <ErrorState title={t('error.refused.title')} says={t('error.refused.says')}>
        <LinkButton href="/">{t('error.home')}</LinkButton>
      </ErrorState>
    );
  if (error instanceof Unreachable || isChunkError(error)) return <NoAnswer retry={retry} />;
  const id = error instanceof Problem ? error.document.requestId : undefined;
  return (
    <ErrorState
      title={t('error.fault.title')}
      says={t('error.fault.says')}
      {...(id && { facts: [[t('error.support'), t('error.request', { id })]] as const })}
    >
      <Button voice="go" onClick={retry ?? (() => location.reload())}>
        {t('retry')}
      </Button>
    </ErrorState>
  );
}

// Browsers word it differently, all of them as a TypeError: a chunk of the app could not be fetched.
const isChunkError = (error: unknown) => error instanceof TypeError && /import|module|fetch/i.test(error.message);

function NoAnswer({ retry }: { retry?: (() => void) | undefined }) {
  const t = useText('shell');
  const { nextTryAt, triesSince } = useStore(network);
  const waiting = useStore(outbox).length;
  const seconds = useSecondsUntil(nextTryAt);
  return (
    <ErrorState
      title={t('error.title')}
      says={t('error.says')}
      facts={[
        ...(waiting > 0 ? [[t('error.kept'), t('error.kept.count', { count: waiting })] as const] : []),
        ...(nextTryAt ? [[t('error.next'), t('error.next.in', { count: seconds, tries: triesSince })] as const] : []),
      ]}
    >
      <Button
        voice="go"
        onClick={() => {
          void knock();
          retry?.();
        }}
      >
        {t('retry')}
      </Button>
    </ErrorState>
  );
}

export function useSecondsUntil(instant: number | undefined): number {
  const left = () => (instant === undefined ? 0 : Math.max(0, Math.ceil((instant - Date.now()) / 1000)));
  const [, tick] = useState(0);
  useEffect(() => {
    if (instant === undefined) return;
    const timer = setInterval(() => tick((count) => count + 1), 1000);
    return () => clearInterval(timer);
  }, [instant]);
  return left();
}

/** A screen that throws does not take the app with it. */
export class Crashed extends Component<{ children: ComponentChildren }, { error: unknown }> {
  override state = { error: undefined };
  static override getDerivedStateFromError(error: unknown) {
    return { error };
  }
  override render() {
    if (!this.state.error) return this.props.children;
    return (
      <main id="main">
        <Crash error={this.state.error} />
      </main>
    );
  }
}

/** One sentence for what the API said about something a person just did. */
export function sayProblem(t: Text<'shell'>, error: unknown): string {
  if (error instanceof Unreachable) return t('problem.offline');
  if (!(error instanceof Problem) || error.status >= 500) return t('problem.fault');
  if (error.status === 412) return t('problem.stale');
  if (error.status === 403) return t('problem.forbidden');
  if (error.status === 429)
    return error.retryAfterSeconds
      ? t('problem.wait', { count: Math.ceil(error.retryAfterSeconds / 60) })
      : t('problem.too-many');
  return error.message;
}
