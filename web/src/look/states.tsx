import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';

type Facts = readonly (readonly [label: ComponentChildren, says: ComponentChildren])[];

interface StateProps {
  title: string;
  says: ComponentChildren;
  facts?: Facts;
  /** At most one filled button among them. */
  children?: ComponentChildren;
}

/** Nothing here, and why that is good or what to do next. */
export function Empty(props: StateProps) {
  return (
    <section class="state">
      <svg class="art" viewBox="0 0 112 112" aria-hidden="true">
        <g fill="none" stroke="currentColor" stroke-width="4">
          <rect x="8" y="46" width="96" height="52" rx="12" fill="var(--accent-soft)" />
          <path d="M40 46v52M72 46v52" />
        </g>
        <path d="M14 32 94 12" stroke="currentColor" stroke-width="9" stroke-linecap="round" />
      </svg>
      <Body {...props} />
    </section>
  );
}

/** Something does not answer: what still works, what is kept, when the next try is, what to tell support. */
export function ErrorState(props: StateProps) {
  return (
    <section class="state bad" role="alert">
      <svg class="art" viewBox="0 0 112 112" aria-hidden="true">
        <g fill="none" stroke="currentColor" stroke-width="5" stroke-linecap="round">
          <path d="M12 46a62 62 0 0 1 88 0M28 64a40 40 0 0 1 56 0M44 81a18 18 0 0 1 24 0" opacity=".35" />
          <path d="M20 98 92 16" />
        </g>
        <circle cx="56" cy="96" r="6" fill="currentColor" />
      </svg>
      <Body {...props} />
    </section>
  );
}

function Body({ title, says, facts, children }: StateProps) {
  return (
    <>
      <h1>{title}</h1>
      <p>{says}</p>
      {facts && (
        <dl>
          {facts.map(([label, value], at) => (
            <div key={at}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {children && <div class="do">{children}</div>}
    </>
  );
}

/**
 * The shape of what is coming, after half a second. After eight seconds it says why it takes so long and offers
 * `late`, for example the last list kept here.
 */
export function Skeleton(props: { says: string; lateSays: string; rows?: number; late?: ComponentChildren }) {
  const [phase, setPhase] = useState<'quiet' | 'shown' | 'late'>('quiet');
  useEffect(() => {
    const shown = setTimeout(() => setPhase('shown'), 500);
    const late = setTimeout(() => setPhase('late'), 8000);
    return () => {
      clearTimeout(shown);
      clearTimeout(late);
    };
  }, []);
  if (phase === 'quiet') return null;
  return (
    <section class={`state loading ${phase}`} aria-busy="true">
      <p class="strong" role="status">
        {phase === 'late' ? props.lateSays : props.says}
      </p>
      <ul class="skel" aria-hidden="true">
        {Array.from({ length: props.rows ?? 5 }, (_, at) => (
          <li key={at} class={`w${at % 5}`}>
            <b />
            <span>
              <i />
              <i />
            </span>
            <i />
          </li>
        ))}
      </ul>
      {phase === 'late' && props.late && <div class="do">{props.late}</div>}
    </section>
  );
}
