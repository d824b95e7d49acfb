import { useEffect, useRef } from 'preact/hooks';
import type { CaseloadView, CaseRow } from '../../../../functions/reports/contract.ts';
import { useTeam } from '../../alerts/team.ts';
import { Button } from '../../look/controls.tsx';
import { get } from '../../shell/api.ts';
import { useText } from '../../text/text.ts';
import { sameName, searchOf } from './namesake.ts';

/** Who in the team has this name already. Nobody, when it cannot be asked: the sitting goes on without a network's answer. */
export function useNamesakes(): (name: string) => Promise<CaseRow[]> {
  const { teamId } = useTeam();
  return async (name) => {
    const query = new URLSearchParams({ search: searchOf(name), limit: '200' });
    try {
      const { patients } = await get<CaseloadView>(`/api/reports/teams/${teamId}/patients?${query}`);
      return patients.filter((one) => sameName(one.name, name));
    } catch {
      return [];
    }
  };
}

/** Told before a second record of one person is made: open the one there is, or say that it is somebody else. */
export function SameName({ patients, onOther }: { patients: readonly CaseRow[]; onOther: () => void }) {
  const t = useText('admin');
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section class="same-name" aria-labelledby="same-name">
      <h3 id="same-name" tabIndex={-1} ref={heading}>
        {t('enrol.same', { count: patients.length })}
      </h3>
      <ul>
        {patients.map((one) => (
          <li key={one.patientId}>
            <a href={`/patients/${one.patientId}`}>
              <b class="strong">{one.name}</b>
            </a>{' '}
            <span class="quiet">{[one.code, one.plan?.title].filter(Boolean).join(' · ')}</span>
          </li>
        ))}
      </ul>
      <Button onClick={onOther}>{t('enrol.same-other')}</Button>
    </section>
  );
}
