import { useState } from 'preact/hooks';
import type * as z from 'zod/mini';
import {
  levels,
  type OrganisationView,
  type OrganisationTree as TreeShape,
} from '../../../functions/organisations/contract.ts';
import { phoneAloud } from '../identity/phone.ts';
import { Button } from '../look/controls.tsx';
import { Empty } from '../look/states.tsx';
import { Read } from '../shell/edges.tsx';
import { usePage } from '../shell/page.ts';
import { useRead } from '../shell/queries.ts';
import { useViewer } from '../shell/session.ts';
import { useText } from '../text/text.ts';
import { AddBelow } from './tree/add-below.tsx';
import { AddCountry } from './tree/add-country.tsx';
import { ChangeNode } from './tree/change-node.tsx';

type Tree = z.infer<typeof TreeShape>;

/** What an installation is made of: countries for who runs it; regions, facilities and departments for who administers them. */
export default function OrganisationScreen() {
  const t = useText('team');
  const viewer = useViewer();
  usePage(t('tree'));
  return (
    <main id="main" tabIndex={-1} class="sheet-page">
      <h1>{t('tree')}</h1>
      {viewer.roles.includes('system-admin') && <Countries />}
      {viewer.organisationIds.map((organisationId) => (
        <Below key={organisationId} organisationId={organisationId} />
      ))}
    </main>
  );
}

function Countries() {
  const t = useText('team');
  const viewer = useViewer();
  const [adding, setAdding] = useState(false);
  const countries = useRead<Tree>([viewer.userId, 'countries'], '/api/organisations/countries');
  return (
    <section class="sec" aria-label={t('countries')}>
      <header>
        <h2>{t('countries')}</h2>
        <Button icon="plus" onClick={() => setAdding(true)}>
          {t('country-add')}
        </Button>
      </header>
      <Read of={countries} rows={2}>
        {({ organisations }) =>
          organisations.length === 0 ? (
            <Empty title={t('countries-none')} says={t('countries-say')} />
          ) : (
            <>
              <ul class="people">
                {organisations.map((one) => (
                  <li key={one.organisationId}>
                    <b class="strong">{one.name}</b>
                  </li>
                ))}
              </ul>
              <p class="none">{t('countries-say')}</p>
            </>
          )
        }
      </Read>
      {adding && <AddCountry onClose={() => setAdding(false)} />}
    </section>
  );
}

function Below({ organisationId }: { organisationId: string }) {
  const viewer = useViewer();
  const [adding, setAdding] = useState<OrganisationView>();
  const [changing, setChanging] = useState<OrganisationView>();
  const tree = useRead<Tree>(
    [viewer.userId, organisationId, 'tree'],
    `/api/organisations/organisations/${organisationId}/tree`,
  );
  return (
    <Read of={tree}>
      {({ organisations }) => (
        <>
          <ul class="people tree">
            {organisations.map((node) => (
              <Node
                key={node.organisationId}
                node={node}
                depth={node.path.length - (organisations[0]?.path.length ?? 1)}
                onAdd={() => setAdding(node)}
                onChange={() => setChanging(node)}
              />
            ))}
          </ul>
          {adding && <AddBelow parent={adding} rootId={organisationId} onClose={() => setAdding(undefined)} />}
          {changing && <ChangeNode node={changing} rootId={organisationId} onClose={() => setChanging(undefined)} />}
        </>
      )}
    </Read>
  );
}

function Node(props: { node: OrganisationView; depth: number; onAdd: () => void; onChange: () => void }) {
  const t = useText('team');
  const { node } = props;
  return (
    <li style={{ paddingInlineStart: `${props.depth * 24}px` }}>
      <div class="who-name">
        <b class="strong">{node.name}</b>
        <p class="meta">
          {[t(`level.${node.level}`), node.prefix, node.zone, node.phone && phoneAloud(node.phone)]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      {node.level !== levels.at(-1) && (
        <Button aria-label={t('below-add-to', { name: node.name })} onClick={props.onAdd}>
          {t('below-add')}
        </Button>
      )}
      <Button aria-label={t('change-name', { name: node.name })} onClick={props.onChange}>
        {t('change')}
      </Button>
    </li>
  );
}
