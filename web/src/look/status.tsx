import type { ComponentChildren } from 'preact';
import { Glyph, type GlyphName } from './glyph.tsx';

/** Colour + shape + word, always the three together. */
export function Status({ name, word, size }: { name: GlyphName; word: ComponentChildren; size?: 'xs' | 'm' }) {
  return (
    <span class={`st ${name}`}>
      <Glyph name={name} {...(size && { size })} />
      {word}
    </span>
  );
}

/** What the shapes mean: stands under every grid. */
export function Legend({
  label,
  items,
  small,
}: {
  label: string;
  items: readonly { name: GlyphName; word: string }[];
  small?: boolean;
}) {
  return (
    <ul class={small ? 'keys' : 'legend'} aria-label={label}>
      {items.map(({ name, word }) => (
        <li key={`${name}-${word}`} class={`st ${name}`}>
          <Glyph name={name} {...(small && { size: 'xs' as const })} />
          {word}
        </li>
      ))}
    </ul>
  );
}
