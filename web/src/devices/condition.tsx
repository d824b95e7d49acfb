import type { BoxView } from '../../../functions/devices/contract.ts';
import type { GlyphName } from '../look/glyph.tsx';
import { Status } from '../look/status.tsx';
import { useText } from '../text/text.ts';

const glyphs: Record<BoxView['condition'], GlyphName> = {
  ok: 'opened',
  'battery-low': 'yellow',
  silent: 'silent',
  'never-heard': 'waiting',
  revoked: 'silent',
  retired: 'hold',
  lost: 'away',
};

/** How a box is, as colour, shape and word, wherever it is listed. */
export function Condition({ of }: { of: BoxView['condition'] }) {
  const t = useText('work');
  return <Status name={glyphs[of]} word={t(`boxes.condition.${of}`)} />;
}
