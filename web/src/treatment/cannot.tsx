import { useState } from 'preact/hooks';
import type { CannotReason } from '../../../functions/treatment/contract.ts';
import { Button } from '../look/controls.tsx';
import { Dialog } from '../look/dialog.tsx';
import { TextArea } from '../look/fields.tsx';
import { useText } from '../text/text.ts';

const reasons: readonly CannotReason[] = ['side-effect', 'vomiting', 'no-pills', 'want-to-stop', 'other'];

/** Why: one tap on a reason, a few own words if they like. It reaches the nurse the same day. */
export function CannotDialog(props: { onClose: () => void; onSay: (reason: CannotReason, note: string) => void }) {
  const t = useText('patient');
  const s = useText('shell');
  const [reason, setReason] = useState<CannotReason>();
  const [note, setNote] = useState('');
  return (
    <Dialog title={t('cannot.why')} closeWord={s('close')} onClose={props.onClose}>
      {reason ? (
        <>
          <p class="chosen">{t(`cannot.${reason}`)}</p>
          <TextArea
            label={t('cannot.note')}
            hint={t('cannot.note.hint')}
            value={note}
            onInput={setNote}
            maxLength={500}
          />
          <Button voice="go" wide class="take" onClick={() => props.onSay(reason, note.trim())}>
            {t('cannot.send')}
          </Button>
          <Button wide onClick={() => setReason(undefined)}>
            {s('back')}
          </Button>
        </>
      ) : (
        <>
          <div class="reasons">
            {reasons.map((one) => (
              <Button key={one} wide onClick={() => setReason(one)}>
                {t(`cannot.${one}`)}
              </Button>
            ))}
          </div>
          <p class="meta">{t('cannot.says')}</p>
        </>
      )}
    </Dialog>
  );
}
