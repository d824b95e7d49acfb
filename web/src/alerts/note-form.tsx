import { useState } from 'preact/hooks';
import { CheckedForm } from '../look/checked-form.tsx';
import { TextArea } from '../look/fields.tsx';
import { useChecks } from '../look/use-checks.ts';
import { useText } from '../text/text.ts';
import { useTold } from '../treatment/use-told.ts';

/** A note about the patient, with or without an alert, for the care team. */
export function NoteForm({ patientId, onClose }: { patientId: string; onClose: () => void }) {
  const t = useText('work');
  const { busy, error, send } = useTold(patientId, onClose, 'alerts');
  // Of the form, not of the press: a second try is the same note.
  const [noteId] = useState(() => crypto.randomUUID());
  const [text, setText] = useState('');
  const { checks, error: wrong } = useChecks({ text: text.trim() === '' && t('note.missing') });
  return (
    <CheckedForm
      checks={checks}
      go={t('more.save-note')}
      busy={busy}
      error={error}
      onGo={() => send('notes', { noteId, text: text.trim() }, 'kept.note', 'more.noted')}
    >
      <TextArea
        label={t('page.note')}
        hint={t('note.who-reads')}
        error={wrong('text')}
        value={text}
        onInput={setText}
        rows={4}
        maxLength={1000}
      />
    </CheckedForm>
  );
}
