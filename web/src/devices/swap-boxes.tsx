import { useState } from 'preact/hooks';
import type { SwapAnswer } from '../../../functions/devices/contract.ts';
import { CheckedForm } from '../look/checked-form.tsx';
import { Dialog } from '../look/dialog.tsx';
import { TextField } from '../look/fields.tsx';
import { useChecks } from '../look/use-checks.ts';
import { onceKeyOf, post } from '../shell/api.ts';
import { subjectChanged } from '../shell/queries.ts';
import { useSave } from '../shell/save.ts';
import { useDates } from '../text/dates.ts';
import { startOfDay } from '../text/days.ts';
import { useText } from '../text/text.ts';
import { boxCode, isBoxCode } from './box-code.ts';
import { BoxCodeField } from './box-code-field.tsx';

/** Two patients held each other's box since a day: both codes and the day, then both calendars are put right. */
export function SwapBoxes({ teamId, zone, onClose }: { teamId: string; zone: string; onClose: () => void }) {
  const t = useText('work');
  const shell = useText('shell');
  const dates = useDates();
  const today = dates.localDate(new Date().toISOString(), zone);
  const [once] = useState(() => crypto.randomUUID());
  const [typedA, setTypedA] = useState('');
  const [typedB, setTypedB] = useState('');
  const [since, setSince] = useState('');
  const { busy, error, save } = useSave([teamId], onClose);
  const boxA = boxCode(typedA);
  const boxB = boxCode(typedB);
  const { checks, error: wrong } = useChecks({
    boxA: !isBoxCode(boxA) && t('boxes.swap-code'),
    boxB: isBoxCode(boxB) ? boxA === boxB && t('boxes.swap-same') : t('boxes.swap-code'),
    since: since === '' ? t('date.missing') : since > today && t('date.future'),
  });
  const swap = () =>
    save(
      async () => {
        const body = { boxA, boxB, since: startOfDay(since, zone) };
        const path = `/api/devices/teams/${teamId}/swaps`;
        const { moved } = await post<SwapAnswer>(path, body, { onceKey: onceKeyOf(once, body) });
        for (const { patientId } of moved) subjectChanged(patientId);
      },
      () => t('boxes.swap-done'),
    );
  return (
    <Dialog title={t('boxes.swap')} closeWord={shell('close')} onClose={onClose}>
      <CheckedForm checks={checks} go={t('boxes.swap-save')} busy={busy} error={error} onGo={swap}>
        <p class="meta">{t('boxes.swap-says')}</p>
        <BoxCodeField
          name="boxA"
          label={t('boxes.swap-a')}
          hint={t('boxes.swap-hint')}
          value={typedA}
          onInput={setTypedA}
          error={wrong('boxA')}
        />
        <BoxCodeField name="boxB" label={t('boxes.swap-b')} value={typedB} onInput={setTypedB} error={wrong('boxB')} />
        <TextField
          name="since"
          label={t('boxes.swap-since')}
          type="date"
          max={today}
          value={since}
          onInput={setSince}
          error={wrong('since')}
        />
      </CheckedForm>
    </Dialog>
  );
}
