import type { Actor } from '../shared/access.ts';
import { audit } from '../shared/audit.ts';
import { invalid, notFound, Refusal } from '../shared/refusal.ts';
import type { Tools } from '../shared/tools.ts';
import { isZone } from './calendar.ts';
import type { OrganisationInput } from './contract.ts';
import { fitsBelow, type Organisation } from './organisation.ts';
import { putOrganisation, readOrganisation, replaceOrganisation } from './store.ts';

type ActorsTools = Tools & { readonly actor: Actor };

/** Adds a node below another (`parentId`), or a country at the top. The same again answers what is there. */
export async function addOrganisation(
  tools: ActorsTools,
  parentId: string | undefined,
  input: OrganisationInput,
): Promise<Organisation> {
  const parent = parentId === undefined ? undefined : await readOrganisation(tools, parentId);
  if (parentId !== undefined && !parent) throw notFound('organisation');
  if (parent ? !fitsBelow(input.level, parent.level) : input.level !== 'country')
    throw invalid('/level', `A ${input.level} cannot stand there.`);
  checkFacility(input);
  const node: Organisation = { ...input, path: [...(parent?.path ?? []), input.organisationId], version: 1 };
  if ((await putOrganisation(tools, node)) === 'conflict') {
    const known = await readOrganisation(tools, input.organisationId);
    if (known?.path.join() === node.path.join() && known.name === node.name) return known;
    throw new Refusal('conflict', 'taken', 'This id or prefix belongs to another organisation.');
  }
  await audit(tools, about(tools.actor, node.organisationId, 'add organisation'));
  return node;
}

export async function changeOrganisation(
  tools: ActorsTools,
  organisationId: string,
  change: { name?: string | undefined; phone?: string | undefined },
  version: number,
): Promise<Organisation> {
  const known = await readOrganisation(tools, organisationId);
  if (!known) throw notFound('organisation');
  const next: Organisation = {
    ...known,
    name: change.name ?? known.name,
    ...(change.phone !== undefined && { phone: change.phone }),
  };
  if (known.version !== version || (await replaceOrganisation(tools, next)) === 'conflict')
    throw new Refusal('stale', 'changed-meanwhile', 'Somebody else changed this meanwhile. Look again.');
  await audit(tools, about(tools.actor, organisationId, 'change organisation'));
  return { ...next, version: version + 1 };
}

export function about(actor: Actor, subjectId: string, action: string, ids?: readonly string[]) {
  const actorRole = actor.roles[0];
  return {
    subjectId,
    actorId: actor.userId,
    ...(actorRole && { actorRole }),
    action,
    outcome: 'allowed',
    why: 'administrator',
    ...(ids && { ids }),
  } as const;
}

function checkFacility(input: OrganisationInput): void {
  if (input.level !== 'facility') {
    if (input.prefix !== undefined) throw invalid('/prefix', 'Only a facility has a prefix.');
    return;
  }
  if (input.prefix === undefined) throw invalid('/prefix', 'A facility needs a prefix for its codes.');
  if (input.zone === undefined || !isZone(input.zone)) throw invalid('/zone', 'A facility needs a time zone.');
}
