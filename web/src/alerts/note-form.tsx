import { useState } from 'preact/hooks';
import { Button } from '../look/controls.tsx';
import { TextArea } from '../look/fields.tsx';
import { useText } from '../text/text.ts';
import { useTold } from '../treatment/use-told.ts';

/** A note about the patient, with or without an alert, for the care team. */
export function NoteForm({ patientId, onClose }: { patientId: string; onClose: () => void }) {
  const t = useText('work');
  const { busy, error, send } = useTold(patientId, onClose, 'alerts');
  // Of the form, not of the press: a second try is the same note.
  const [noteId] = useState(() => crypto.randomUUID());
  const [text, setText] = useState('');
  return (
    <div class="form">
      <TextArea
        label={t('page.note')}
        hint={t('note.who-reads')}
        error={error}
        value={text}
        onInput={setText}
        rows={4}
        maxLength={1000}
      />
      <Button
        voice="go"
        wide
        busy={busy}
        disabled={text.trim() === ''}
        onClick={() => void send('notes', { noteId, text: text.trim() }, 'kept.note', 'more.noted')}
      >
        {t('more.save-note')}
      </Button>
    </div>
  );
}
