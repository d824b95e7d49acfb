import { Button } from '../look/controls.tsx';
import { useText } from '../text/text.ts';

/** A number of days by two large buttons: easier with a thumb than any date field. */
export function Stepper(props: { says: string; at: number; min: number; max: number; onChange: (at: number) => void }) {
  const t = useText('patient');
  const step = (by: number) => props.onChange(Math.min(props.max, Math.max(props.min, props.at + by)));
  return (
    <div class="until">
      <Button class="sq" aria-label={t('away.earlier')} onClick={() => step(-1)}>
        −
      </Button>
      <output aria-live="polite">{props.says}</output>
      <Button class="sq" aria-label={t('away.later')} onClick={() => step(1)}>
        +
      </Button>
    </div>
  );
}
