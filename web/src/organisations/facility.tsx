import { useState } from 'preact/hooks';
import type * as z from 'zod/mini';
import type { OrganisationTree as TreeShape } from '../../../functions/organisations/contract.ts';
import { SelectField } from '../look/fields.tsx';
import { useRead } from '../shell/queries.ts';
import { useViewer } from '../shell/session.ts';
import { useText } from '../text/text.ts';

type OrganisationTree = z.infer<typeof TreeShape>;

/** The organisations below mine, the chosen facility among them, and the choice when there are several. */
export function useFacility() {
  const t = useText('admin');
  const viewer = useViewer();
  const rootId = viewer.organisationIds[0] ?? 'none';
  const tree = useRead<OrganisationTree>(
    [viewer.userId, rootId, 'tree'],
    `/api/organisations/organisations/${rootId}/tree`,
    { enabled: rootId !== 'none' },
  );
  const facilities = (tree.data?.organisations ?? []).filter((one) => one.level === 'facility');
  const [chosen, setChosen] = useState<string>();
  const facilityId = chosen ?? facilities[0]?.organisationId ?? 'none';
  const choose =
    facilities.length > 1 ? (
      <SelectField label={t('facility')} quietLabel value={facilityId} onInput={setChosen}>
        {facilities.map((one) => (
          <option key={one.organisationId} value={one.organisationId}>
            {one.name}
          </option>
        ))}
      </SelectField>
    ) : null;
  return { facilityId, rootId, choose, tree };
}
