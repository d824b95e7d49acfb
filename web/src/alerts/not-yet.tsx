import type { NotYetView } from '../../../functions/reports/contract.ts';
import { doseStatuses } from '../../../functions/treatment/contract.ts';
import { CallLink, Row } from '../look/worklist.tsx';
import { useDates } from '../text/dates.ts';
import { useLanguage, useText } from '../text/text.ts';

/** Whose dose of today is open and not answered. Nothing is wrong with them: the day is not over. */
export function NotYetList({ view, zone }: { view: NotYetView; zone: string }) {
  const t = useText('work');
  const lang = useLanguage();
  const dates = useDates();
  if (view.patients.length === 0) return <p class="none">{t('yet.none')}</p>;
  return (
    <ul>
      {view.patients.map((patient) => {
        const slot = patient.slots.find(({ status }) => status === 'yet');
        return (
          <Row
            key={patient.patientId}
            glyph={{ name: 'yet', label: doseStatuses.yet.staff[lang] }}
            name={patient.name}
            code={patient.code}
            href={`/patients/${patient.patientId}`}
            why={
              slot
                ? t(slot.critical ? 'yet.planned-critical' : 'yet.planned', { time: dates.clock(slot.plannedAt, zone) })
                : ''
            }
            owner=""
            ownerText=""
            by={slot && { text: t('due.before', { time: dates.clock(slot.closesAt, zone) }) }}
            short
          >
            {patient.phone && (
              <CallLink
                phone={patient.phone}
                label={t('work.call-name', { name: patient.name })}
                word={t('work.call')}
              />
            )}
          </Row>
        );
      })}
    </ul>
  );
}
