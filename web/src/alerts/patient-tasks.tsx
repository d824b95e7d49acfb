import { useState } from 'preact/hooks';
import {
  answerNeedsNextStep,
  type TaskAnswer,
  type TaskView,
  taskAnswers,
} from '../../../functions/alerts/contract.ts';
import { Button } from '../look/controls.tsx';
import { TextField } from '../look/fields.tsx';
import { Form } from '../look/form.tsx';
import { useChecks } from '../look/use-checks.ts';
import { useDates } from '../text/dates.ts';
import { addDays } from '../text/days.ts';
import { useLanguage, useText } from '../text/text.ts';
import { useWork } from './do-work.ts';
import { whyOf } from './row-words.ts';

/** Open tasks about one patient, each with the answers that fit it. */
export function PatientTasks({ tasks, teamId, zone }: { tasks: readonly TaskView[]; teamId: string; zone: string }) {
  const t = useText('work');
  const open = tasks.filter((task) => task.state === 'open');
  if (open.length === 0) return null;
  return (
    <section class="before">
      <h2>{t('page.tasks')}</h2>
      <ul>
        {open.map((task) => (
          <OpenTask key={task.taskId} task={task} teamId={teamId} zone={zone} />
        ))}
      </ul>
    </section>
  );
}

function OpenTask({ task, teamId, zone }: { task: TaskView; teamId: string; zone: string }) {
  const t = useText('work');
  const lang = useLanguage();
  const dates = useDates();
  const work = useWork();
  const [unfinished, setUnfinished] = useState<TaskAnswer>();
  const to = { id: task.taskId, patientId: task.patientId, teamId, kind: 'task' as const };
  const press = (answer: TaskAnswer) =>
    answerNeedsNextStep(task, answer) ? setUnfinished(answer) : void work.answer(to, { answer });
  return (
    <li class="task">
      <div>
        <p>
          {whyOf(task.reason, lang, dates)} {task.note}
        </p>
        <p class="meta">
          {task.owner.name}
          {task.dueOn && ` · ${dates.short(task.dueOn)}`}
          {task.contactBy && ` · ${t('alert.contact-by', { time: dates.stamp(task.contactBy, zone) })}`}
        </p>
        <div class="next">
          {taskAnswers[task.kind].map((answer) => (
            <Button key={answer} class="chip" aria-pressed={unfinished === answer} onClick={() => press(answer)}>
              {t(`answer.${answer}`)}
            </Button>
          ))}
        </div>
        {unfinished && (
          <CallAgain
            zone={zone}
            save={(on) => work.answer(to, { answer: unfinished, nextStep: { kind: 'call', on } })}
          />
        )}
      </div>
    </li>
  );
}

/** Nobody was reached: when to call again, tomorrow unless another day is said. */
function CallAgain({ zone, save }: { zone: string; save: (on: string) => Promise<boolean> }) {
  const t = useText('work');
  const dates = useDates();
  const today = dates.localDate(new Date().toISOString(), zone);
  const [on, setOn] = useState(addDays(today, 1));
  const [busy, setBusy] = useState(false);
  const { checks, error: wrong } = useChecks({ on: on === '' ? t('date.missing') : on < today && t('date.past') });
  const press = async () => {
    setBusy(true);
    if (!(await save(on))) setBusy(false);
  };
  return (
    <Form class="again" checks={checks} busy={busy} onGo={press}>
      <p class="meta">{t('alert.next-must')}</p>
      <TextField
        name="on"
        label={t('task.call-on')}
        type="date"
        value={on}
        min={today}
        onInput={setOn}
        error={wrong('on')}
      />
      <Button voice="go" type="submit" busy={busy}>
        {t('task.call-again')}
      </Button>
    </Form>
  );
}
