import { useState } from 'preact/hooks';
import {
  type AlertView,
  needsNextStep,
  outcomeKinds,
  outcomeWords,
  type ResolveInput,
} from '../../../functions/alerts/contract.ts';
import { ChoiceField } from '../look/choice-field.tsx';
import { Button, Chips } from '../look/controls.tsx';
import { Dialog } from '../look/dialog.tsx';
import { ErrorLine, TextArea, TextField } from '../look/fields.tsx';
import { Form } from '../look/form.tsx';
import { Tap } from '../look/patient-page.tsx';
import { useChecks } from '../look/use-checks.ts';
import { useViewer } from '../shell/session.ts';
import { useDates } from '../text/dates.ts';
import { addDays } from '../text/days.ts';
import { useLanguage, useText } from '../text/text.ts';
import { useWork } from './do-work.ts';
import { type Draft, useDrafts, type Why } from './draft.ts';

const whys: readonly Why[] = [
  'forgot',
  'side-effect',
  'no-pills',
  'travelling',
  'felt-well',
  'stigma',
  'box-problem',
  'other',
];

/** What the draft says so far, and what of it would be sent. */
function readingOf(alert: AlertView, draft: Draft | undefined, tomorrow: string) {
  const { outcome, why, note = '' } = draft ?? {};
  const must = outcome !== undefined && needsNextStep(alert, outcome);
  const usual = outcome === 'visit-planned' ? 'visit' : must ? 'call' : 'none';
  const next = draft?.next === undefined || (must && draft.next === 'none') ? usual : draft.next;
  const on = draft?.on ?? tomorrow;
  const asksWhy = outcome === 'reached-not-taken';
  const ready = outcome !== undefined && (!asksWhy || why !== undefined) && (next === 'none' || on !== '');
  const input: ResolveInput | undefined = ready
    ? {
        outcome,
        ...(asksWhy && why && { why }),
        ...(note.trim() && { note: note.trim() }),
        ...(next !== 'none' && { nextStep: { kind: next, on } }),
      }
    : undefined;
  return { outcome, why, note, must, next, on, asksWhy, input };
}

/** What happened, and what comes next: the second and third tap. Closing what a colleague is on asks first. */
export function OutcomeForm({ alert, zone }: { alert: AlertView; zone: string }) {
  const t = useText('work');
  const lang = useLanguage();
  const dates = useDates();
  const work = useWork();
  const viewer = useViewer();
  const { mine, change, drop } = useDrafts(alert.patientId);
  const today = dates.localDate(new Date().toISOString(), zone);
  const draft = mine.find((one) => one.alertId === alert.alertId);
  const { outcome, why, note, must, next, on, asksWhy, input } = readingOf(alert, draft, addDays(today, 1));
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState(false);
  const set = (part: Parameters<typeof change>[1]) => change(alert.alertId, part);
  const colleague = alert.acknowledged?.by === viewer.userId ? undefined : alert.acknowledged;
  const { checks, error: wrong } = useChecks({
    outcome: !outcome && t('choose'),
    why: asksWhy && !why && t('choose'),
    on: next !== 'none' && (on === '' ? t('date.missing') : on < today && t('date.past')),
  });
  const save = async (insteadOf?: string) => {
    if (!input) return;
    setBusy(true);
    setAsking(false);
    const ref = { id: alert.alertId, patientId: alert.patientId, teamId: alert.teamId, kind: 'alert' as const };
    const done = await work.resolve(ref, { ...input, ...(insteadOf !== undefined && { insteadOf }) });
    if (done) drop(alert.alertId);
    setBusy(false);
  };
  return (
    <Form checks={checks} busy={busy} onGo={() => (colleague ? setAsking(true) : save())}>
      <Tap step={2} state={outcome ? 'done' : alert.state === 'triggered' ? 'next' : 'current'}>
        <div class="fld ask">
          <p class="strong">{t('alert.what')}</p>
          <fieldset class="outs" aria-label={t('alert.what')}>
            {outcomeKinds.map((kind) => (
              <Button key={kind} aria-pressed={outcome === kind} onClick={() => set({ outcome: kind })}>
                {outcomeWords[kind][lang]}
              </Button>
            ))}
          </fieldset>
          <ErrorLine says={wrong('outcome')} />
        </div>
        {asksWhy && (
          <ChoiceField
            label={t('alert.why')}
            choices={whys.map((value) => ({ value, label: t(`why.${value}`) }))}
            value={why}
            onChange={(value) => set({ why: value })}
            error={wrong('why')}
          />
        )}
      </Tap>
      <Tap step={3} state={outcome ? 'current' : 'next'}>
        <p class="strong">{t('alert.next')}</p>
        <Chips
          class="next"
          label={t('alert.next')}
          choices={[
            { value: 'call', label: t('alert.next-call') },
            { value: 'visit', label: t('alert.next-visit') },
            ...(must ? [] : [{ value: 'none' as const, label: t('alert.next-none') }]),
          ]}
          value={next}
          onChange={(value) => set({ next: value })}
        />
        {must && <p class="meta">{t('alert.next-must')}</p>}
        {next !== 'none' && (
          <TextField
            name="on"
            label={t('alert.on')}
            type="date"
            value={on}
            min={today}
            onInput={(value) => set({ on: value })}
            error={wrong('on')}
          />
        )}
        {outcome && (
          <TextArea
            label={t('alert.note')}
            value={note}
            onInput={(value) => set({ note: value })}
            rows={2}
            maxLength={1000}
          />
        )}
        <Button wide type="submit" voice={input && alert.state !== 'triggered' ? 'go' : 'outline'} busy={busy}>
          {t('alert.save')}
        </Button>
      </Tap>
      {asking && colleague && (
        <CloseAnyway
          says={t('alert.on-it-since', { name: colleague.byName, time: dates.clock(colleague.at, zone) })}
          leave={t('alert.leave-it', { name: colleague.byName })}
          onClose={() => setAsking(false)}
          onYes={() => void save(colleague.by)}
        />
      )}
    </Form>
  );
}

function CloseAnyway(props: { says: string; leave: string; onClose: () => void; onYes: () => void }) {
  const t = useText('work');
  const shell = useText('shell');
  return (
    <Dialog title={props.says} closeWord={shell('close')} onClose={props.onClose}>
      <p>{t('alert.close-anyway-says')}</p>
      <Button wide voice="go" onClick={props.onClose}>
        {props.leave}
      </Button>
      <Button wide onClick={props.onYes}>
        {t('alert.close-anyway')}
      </Button>
    </Dialog>
  );
}
