import type { Drug, Medicine } from '../../../../functions/treatment/contract.ts';
import { Pill } from '../../look/pill.tsx';
import { useText } from '../../text/text.ts';
import { slotTitle } from '../slot-title.ts';
import { useRepeatSays } from './repeat.ts';

/** What is taken, drug by drug, as a sentence beside its picture. */
export function Drugs({ drugs, medicines }: { drugs: readonly Drug[]; medicines: readonly Medicine[] }) {
  const t = useText('prescribe');
  const doseSays = useDoseSays();
  const repeatSays = useRepeatSays();
  return (
    <ul class="drugs">
      {drugs.map((drug) => {
        const medicine = medicines.find((one) => one.code === drug.medicine);
        return (
          <li key={drug.medicine}>
            {medicine && <Pill picture={medicine.picture} />}
            <div>
              <b class="strong">{medicine ? `${medicine.name} ${medicine.strength}` : drug.medicine}</b>
              <p class="meta">
                {drug.startsAfterDays !== undefined && `${t('from-day', { day: drug.startsAfterDays + 1 })} `}
                {drug.steps
                  .map(({ days, doses, repeat }) => {
                    const counts = doses.map(doseSays).join(', ');
                    const each = repeat.kind === 'daily' ? counts : `${counts}, ${repeatSays(repeat)}`;
                    return days ? t('step', { days, each }) : each;
                  })
                  .join(t('and-then'))}
              </p>
              <p class="quiet">{t(drug.inBox ? 'in-box' : 'not-in-box')}</p>
            </div>
          </li>
        );
      })}
    </ul>
  );
}

/** "2 a day", or "Morning 1" when a day has several. */
function useDoseSays() {
  const t = useText('prescribe');
  const work = useText('work');
  return ({ slot, count }: { slot: string; count: number }) =>
    slot === 'day' ? t('a-day', { count }) : `${slotTitle(slot, work)} ${count}`;
}
