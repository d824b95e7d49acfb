import { useState } from 'preact/hooks';
import type { AlertView } from '../../../functions/alerts/contract.ts';
import type { TeamView } from '../../../functions/organisations/contract.ts';
import { Button, Chips } from '../look/controls.tsx';
import { TextArea } from '../look/fields.tsx';
import { Form } from '../look/form.tsx';
import { useChecks } from '../look/use-checks.ts';
import { Read } from '../shell/edges.tsx';
import { useRead } from '../shell/queries.ts';
import { useViewer } from '../shell/session.ts';
import { useDates } from '../text/dates.ts';
import { useText } from '../text/text.ts';
import { useWork } from './do-work.ts';
import { WhoWasTold } from './who-was-told.tsx';

const parts = ['note', 'give', 'told'] as const;
type Part = (typeof parts)[number];

/** What is not one of the three taps: a note, a colleague, and who was told. */
export function AlertMore({ alert, zone }: { alert: AlertView; zone: string }) {
  const t = useText('work');
  const [open, setOpen] = useState<Part>();
  const close = () => setOpen(undefined);
  return (
    <div class="alert-more">
      <Notes alert={alert} zone={zone} />
      <Chips
        class="next"
        label={t('page.more')}
        choices={parts.map((value) => ({ value, label: t(`more.${value}`) }))}
        value={open}
        onChange={(part) => setOpen(part === open ? undefined : part)}
      />
      {open === 'note' && <WriteNote alert={alert} onDone={close} />}
      {open === 'give' && <Give alert={alert} onDone={close} />}
      {open === 'told' && <WhoWasTold alert={alert} zone={zone} />}
    </div>
  );
}

const refOf = ({ alertId: id, patientId, teamId }: AlertView) => ({ id, patientId, teamId, kind: 'alert' as const });

function Notes({ alert, zone }: { alert: AlertView; zone: string }) {
  const t = useText('work');
  const dates = useDates();
  const written = alert.annotations.filter(({ kind }) => kind === 'note' || kind === 'reassigned');
  if (written.length === 0) return null;
  return (
    <ul class="notes">
      {written.map(({ at, kind, text = '', byName = '' }) => (
        <li key={`${at} ${text}`}>
          <b>{byName}</b> <span class="meta">{dates.stamp(at, zone)}</span>{' '}
          {kind === 'note' ? text : t('more.given-to', { name: text })}
        </li>
      ))}
    </ul>
  );
}

function WriteNote({ alert, onDone }: { alert: AlertView; onDone: () => void }) {
  const t = useText('work');
  const work = useWork();
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const { checks, error: wrong } = useChecks({ text: text.trim() === '' && t('note.missing') });
  const save = async () => {
    setBusy(true);
    if (await work.note(refOf(alert), text.trim())) onDone();
    else setBusy(false);
  };
  return (
    <Form class="form" checks={checks} busy={busy} onGo={save}>
      <TextArea label={t('page.note')} value={text} onInput={setText} rows={2} maxLength={1000} error={wrong('text')} />
      <Button voice="go" type="submit" busy={busy}>
        {t('more.save-note')}
      </Button>
    </Form>
  );
}

const clinical: readonly string[] = ['health-worker', 'nurse', 'doctor'];

function Give({ alert, onDone }: { alert: AlertView; onDone: () => void }) {
  const t = useText('work');
  const viewer = useViewer();
  const work = useWork();
  const team = useRead<TeamView>([viewer.userId, alert.teamId, 'team'], `/api/organisations/teams/${alert.teamId}`);
  return (
    <Read of={team}>
      {({ members }) => {
        const others = members.filter(
          (one) => one.userId !== alert.owner.userId && one.roles.some((role) => clinical.includes(role)),
        );
        if (others.length === 0) return <p class="meta">{t('more.nobody')}</p>;
        return (
          <>
            <p class="meta">{t('more.give-says')}</p>
            <div class="next">
              {others.map(({ userId, name }) => (
                <Button
                  key={userId}
                  onClick={() => void work.give(refOf(alert), userId, name).then((done) => done && onDone())}
                >
                  {userId === viewer.userId ? t('owner.you') : name}
                </Button>
              ))}
            </div>
          </>
        );
      }}
    </Read>
  );
}
