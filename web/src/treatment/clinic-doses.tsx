import { doseStatuses } from '../../../functions/treatment/contract.ts';
import { Pill } from '../look/pill.tsx';
import { Status } from '../look/status.tsx';
import type { Names } from '../reports/names.ts';
import { useLanguage, useText } from '../text/text.ts';
import { type ClinicDose, isTickable, type Known } from './clinic-dose.ts';
import { slotTitle } from './slot-title.ts';

/** Whose dose, which one, and what is known of it; the whole line is the target. */
export function ClinicDoses(props: {
  doses: readonly ClinicDose[];
  names: Names;
  ticked: ReadonlySet<string>;
  known: Known;
  now: string;
  onToggle: (id: string) => void;
}) {
  const t = useText('work');
  const lang = useLanguage();
  return (
    <ul class="ticks">
      {props.doses.map((dose) => {
        const person = props.names.get(dose.patientId);
        const tickable = isTickable(dose, props.known, props.now);
        return (
          <li key={dose.id}>
            <label>
              <input
                type="checkbox"
                checked={tickable && props.ticked.has(dose.id)}
                disabled={!tickable}
                onChange={() => props.onToggle(dose.id)}
              />
              <span class="who-name">
                <b class="strong">{person?.name}</b> <span class="quiet nb">{person?.code}</span>
                <span class="meta">
                  {slotTitle(dose.name, t)} {dose.plannedTime}
                </span>
              </span>
              <span class="pills-line" aria-hidden="true">
                {dose.pills.map((pill) => (
                  <Pill key={pill.picture} picture={pill.picture} count={pill.count} />
                ))}
              </span>
              <Status name={dose.status} word={doseStatuses[dose.status].staff[lang]} />
            </label>
          </li>
        );
      })}
    </ul>
  );
}
