import { useState } from 'preact/hooks';
import type { SupporterView } from '../../../functions/identity/contract.ts';
import { Button } from '../look/controls.tsx';
import { Read } from '../shell/edges.tsx';
import { useRead } from '../shell/queries.ts';
import { useViewer } from '../shell/session.ts';
import { useText } from '../text/text.ts';
import { phoneAloud } from './phone.ts';
import { AddSupporter, RemoveSupporter, useChange } from './supporters.tsx';

/** Who helps a patient, for the staff who add and remove them on the patient's word. */
export function PatientSupporters({ patientId }: { patientId: string }) {
  const t = useText('me');
  const viewer = useViewer();
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<SupporterView>();
  const key = [viewer.userId, patientId, 'supporters'] as const;
  const root = `/api/identity/patients/${patientId}/supporters`;
  const supporters = useRead<{ supporters: SupporterView[] }>(key, root);
  const change = useChange(key);
  return (
    <section class="form" aria-labelledby="patient-supporters">
      <h3 id="patient-supporters">{t('consent.supporter')}</h3>
      <Read of={supporters} rows={1}>
        {({ supporters: all }) => (
          <>
            {all.length === 0 && <p class="meta">{t('supporters.none')}</p>}
            <ul class="people">
              {all.map((one) => (
                <li key={one.supporterId}>
                  <div class="who-name">
                    <b class="strong">{one.name}</b>{' '}
                    <span class="quiet">
                      {[one.relation, one.phone && phoneAloud(one.phone), t(`supporters.${one.state}`)]
                        .filter(Boolean)
                        .join(' · ')}
                    </span>
                  </div>
                  <Button
                    voice="text"
                    aria-label={`${t('supporters.remove')}: ${one.name}`}
                    onClick={() => setRemoving(one)}
                  >
                    {t('supporters.remove')}
                  </Button>
                </li>
              ))}
            </ul>
          </>
        )}
      </Read>
      <Button icon="plus" onClick={() => setAdding(true)}>
        {t('helper.add')}
      </Button>
      {removing && (
        <RemoveSupporter
          name={removing.name}
          onClose={() => setRemoving(undefined)}
          onRemove={() =>
            change(
              `${root}/${removing.supporterId}`,
              'DELETE',
              undefined,
              t('supporters.removed', { name: removing.name }),
            )
          }
        />
      )}
      {adding && (
        <AddSupporter
          by="staff"
          onClose={() => setAdding(false)}
          onAdd={async (input) => {
            if (await change(root, 'POST', input, t('supporters.added', { name: input.name }))) setAdding(false);
          }}
        />
      )}
    </section>
  );
}
