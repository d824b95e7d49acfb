import type { DayView, DoseSlotView } from '../../../functions/treatment/contract.ts';
import { Button } from '../look/controls.tsx';
import { Dialog } from '../look/dialog.tsx';
import { Status } from '../look/status.tsx';
import { useTell } from '../look/toast.tsx';
import { Read, sayProblem } from '../shell/edges.tsx';
import { say } from '../shell/outbox.ts';
import { subjectChanged, useRead } from '../shell/queries.ts';
import { useViewer } from '../shell/session.ts';
import { useDates } from '../text/dates.ts';
import { useText } from '../text/text.ts';
import { patientGlyph, useStatusWord } from './patient-status.ts';

/** Statuses that the patient's own word can still change. */
const open = ['shut', 'waiting', 'silent', 'yet'];

/** One day, or the days of which the clinic knows nothing: what is known, and "I took it" where nothing is. */
export function DayDialog(props: {
  patientId: string;
  from: string;
  localDate: string;
  closeWord: string;
  canTell: boolean;
  /** Why nothing was due, when it is known. */
  nothing?: string;
  onClose: () => void;
}) {
  const t = useText('patient');
  const dates = useDates();
  const viewer = useViewer();
  const days = useRead<{ days: DayView[] }>(
    [viewer.userId, props.patientId, 'days', props.from, props.localDate],
    `/api/treatment/patients/${props.patientId}/days?from=${props.from}&to=${props.localDate}`,
  );
  const unknown = days.data?.days.some((day) => day.slots.some(({ status }) => open.includes(status)));
  const title = props.from === props.localDate ? dates.long(props.localDate) : t('quiet.title');
  return (
    <Dialog title={title} closeWord={props.closeWord} onClose={props.onClose}>
      <Read of={days} rows={2}>
        {({ days: found }) => (
          <ul class="day-list">
            {found.flatMap((day) =>
              day.slots.map((slot) => (
                <SlotLine key={slot.slotId} {...props} day={day} slot={slot} many={props.from !== props.localDate} />
              )),
            )}
            {found.every(({ slots }) => slots.length === 0) && (
              <li class="meta">{props.nothing ?? t('day.nothing')}</li>
            )}
          </ul>
        )}
      </Read>
      {unknown && <p class="meta">{t('day.says')}</p>}
    </Dialog>
  );
}

function SlotLine(props: { patientId: string; day: DayView; slot: DoseSlotView; canTell: boolean; many: boolean }) {
  const { slot, day } = props;
  const t = useText('patient');
  const s = useText('shell');
  const dates = useDates();
  const wordOf = useStatusWord(props.patientId);
  const { toast } = useTell();
  async function tell() {
    const outcome = await say({
      method: 'POST',
      path: `/api/treatment/patients/${props.patientId}/evidence`,
      body: { kind: 'taken', evidenceId: crypto.randomUUID(), localDate: day.localDate, slot: slot.name },
      about: 'kept.taken',
      subjectId: props.patientId,
    });
    if (outcome.what === 'refused') toast(sayProblem(s, outcome.problem));
    else toast(t(outcome.what === 'kept' ? 'said.kept' : 'heard.title'));
    await subjectChanged(props.patientId);
  }
  return (
    <li class="line">
      <span>
        {props.many ? dates.long(day.localDate) : dates.wall(slot.plannedTime)}
        <small>
          <Status name={patientGlyph(slot.status)} word={wordOf(slot.status)} />
        </small>
      </span>
      {props.canTell && open.includes(slot.status) && (
        <Button voice="soft" onClick={() => void tell()}>
          {t('day.took')}
        </Button>
      )}
    </li>
  );
}
