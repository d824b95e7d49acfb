import { type TaskView, taskAnswers } from '../../../functions/alerts/contract.ts';
import { Button } from '../look/controls.tsx';
import { useDates } from '../text/dates.ts';
import { useLanguage, useText } from '../text/text.ts';
import { useWork } from './do-work.ts';
import { whyOf } from './row-words.ts';

/** Open tasks about one patient, each with the answers that fit it. */
export function PatientTasks({ tasks, teamId }: { tasks: readonly TaskView[]; teamId: string }) {
  const t = useText('work');
  const lang = useLanguage();
  const dates = useDates();
  const work = useWork();
  const open = tasks.filter((task) => task.state === 'open');
  if (open.length === 0) return null;
  return (
    <section class="before">
      <h2>{t('page.tasks')}</h2>
      <ul>
        {open.map((task) => (
          <li key={task.taskId} class="task">
            <div>
              <p>
                {whyOf(task.reason, lang, dates)} {task.note}
              </p>
              <p class="meta">{task.owner.name}</p>
              <div class="next">
                {taskAnswers[task.kind].map((answer) => (
                  <Button
                    key={answer}
                    class="chip"
                    onClick={() =>
                      void work.answer({ id: task.taskId, patientId: task.patientId, teamId, kind: 'task' }, { answer })
                    }
                  >
                    {t(`answer.${answer}`)}
                  </Button>
                ))}
              </div>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
