import { isDeepStrictEqual } from 'node:util';
import type { Team } from '../organisations/team.ts';
import { teamOf } from '../organisations/team-of.ts';
import type { Actor } from '../shared/access.ts';
import { invalid, notFound, Refusal } from '../shared/refusal.ts';
import type { Tools } from '../shared/tools.ts';
import { checkFields } from './change-profile.ts';
import { agreedPurposes } from './consents.ts';
import {
  type EnrolGiven,
  type EnrolmentView,
  type EnrolRequest,
  type EnrolStep,
  enrolSteps,
  type Purpose,
} from './contract.ts';
import { carryOut } from './enrol-steps.ts';
import { putEnrolment, putEnrolmentOf, readEnrolment, readEnrolments } from './enrolment-store.ts';
import { readProfile } from './patient-store.ts';
import type { Post } from './post.ts';
import { sittingOf } from './sitting.ts';

export type EnrolTools = Tools & { readonly actor: Actor; readonly post: Post };

/**
 * Enrols a patient in one sitting. What is sent is saved first and then carried out as far as it goes: the patient with
 * the first consent, then plan, box and supporter. What fails is said and may be sent again; what is done stays done.
 */
export async function enrolPatient(
  tools: EnrolTools,
  { teamId, enrolmentId, given }: { teamId: string; enrolmentId: string; given: EnrolRequest },
): Promise<EnrolmentView> {
  const team = await teamOf(tools, teamId);
  if (!team) throw notFound('team');
  // Becomes part of the patient's id.
  if (!/^[A-Za-z0-9_-]{8,40}$/.test(enrolmentId)) throw invalid('/enrolmentId', '8 to 40 letters, digits, - or _.');
  checkFields({ zone: given.who?.zone, reach: given.reach });
  const known = (await enrolmentOf(tools, teamId, enrolmentId)) ?? newEnrolment(tools, teamId, enrolmentId);
  if (known.state !== 'open') throw new Refusal('conflict', 'enrolment-closed', 'This enrolment is finished.');
  const agreed = given.consent && known.patientId ? await agreedPurposes(tools, known.patientId) : new Set<Purpose>();
  const saved = await save(tools, merged(known, given, agreed), 'of-team-and-treated');
  return await save(tools, await carryOut(tools, team, saved));
}

/** Nothing more is waited for, whether the box was opened or that is left for later. */
export async function finishEnrolment(tools: EnrolTools, teamId: string, enrolmentId: string): Promise<EnrolmentView> {
  const known = await enrolmentOf(tools, teamId, enrolmentId);
  if (!known) throw notFound('enrolment');
  if (known.state === 'finished') return known;
  if (known.patientId === undefined)
    throw new Refusal('conflict', 'not-enrolled', 'There is no patient yet: name and consent are missing.');
  return await save(tools, { ...known, state: 'finished' }, 'of-team');
}

/** The open enrolments of a team, oldest first. */
export async function openEnrolments(tools: Tools, team: Team['teamId']): Promise<EnrolmentView[]> {
  const open = (await readEnrolments(tools, team)).filter((each) => each.state === 'open');
  const here = await Promise.all(open.map((each) => isStillHere(tools, each)));
  return open.filter((_, at) => here[at]).sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
}

/** An enrolment of the team; not any more once its patient was handed over to another. */
export async function enrolmentOf(
  tools: Tools,
  teamId: string,
  enrolmentId: string,
): Promise<EnrolmentView | undefined> {
  const known = await readEnrolment(tools, teamId, enrolmentId);
  if (known && !(await isStillHere(tools, known))) throw notFound('enrolment');
  return known;
}

async function isStillHere(tools: Tools, { teamId, patientId }: EnrolmentView): Promise<boolean> {
  if (patientId === undefined) return true;
  return (await readProfile(tools, patientId))?.teamId === teamId;
}

function newEnrolment(tools: EnrolTools, teamId: string, enrolmentId: string): EnrolmentView {
  return {
    enrolmentId,
    teamId,
    state: 'open',
    startedAt: tools.now(),
    startedBy: tools.actor.userId,
    given: {},
    steps: { who: 'empty', consent: 'empty', plan: 'empty', box: 'empty', reach: 'empty', supporter: 'empty' },
    problems: [],
    version: 0,
  };
}

/** A nurse who goes back a step corrects these: the profile follows, the box is exchanged. */
const corrected: readonly EnrolStep[] = ['who', 'reach', 'box'];

/** What is done is done again when it is corrected, or when the patient agrees to more than stands now, taken back or never given. */
function isNews(step: EnrolStep, known: EnrolGiven, given: EnrolRequest, agreed: ReadonlySet<Purpose>): boolean {
  if (corrected.includes(step)) return !isDeepStrictEqual(given[step], known[step]);
  if (step !== 'consent' || !given.consent || given.consent.consentId === known.consent?.consentId) return false;
  return given.consent.purposes.some((one) => !agreed.has(one));
}

/** Another step that is done keeps what it was done with; a refused one takes the new words, or is taken back by `null`. */
function merged(known: EnrolmentView, given: EnrolRequest, agreed: ReadonlySet<Purpose>): EnrolmentView {
  const open = (step: EnrolStep) =>
    given[step] !== undefined && (known.steps[step] !== 'done' || isNews(step, known.given, given, agreed));
  const fresh = enrolSteps.filter(open);
  const all = Object.entries({ ...known.given, ...Object.fromEntries(fresh.map((step) => [step, given[step]])) });
  const undoes = (step: EnrolStep) => step === 'box' && known.boxSince !== undefined;
  const steps = Object.fromEntries(
    fresh.map((step) => [step, given[step] === null && !undoes(step) ? 'empty' : 'saved'] as const),
  );
  return {
    ...known,
    given: Object.fromEntries(all.filter(([, value]) => value !== null)),
    steps: { ...known.steps, ...steps },
    problems: known.problems.filter((problem) => !fresh.includes(problem.step)),
  };
}

/**
 * Over the version that was read; `asks` what must still be so of a patient who exists, in the same write: nobody works on
 * for a team that the patient has left, or for somebody whose treatment ended meanwhile.
 */
async function save(
  tools: Tools,
  enrolment: EnrolmentView,
  asks?: 'of-team' | 'of-team-and-treated',
): Promise<EnrolmentView> {
  const { patientId, teamId } = enrolment;
  const sitting = patientId === undefined ? undefined : sittingOf(tools, patientId, teamId);
  const asked = asks === 'of-team' ? sitting?.ofTeam : asks && sitting;
  const stored = asked ? await putEnrolmentOf(tools, enrolment, asked.checks) : await putEnrolment(tools, enrolment);
  if (stored === 'stored') return { ...enrolment, version: enrolment.version + 1 };
  const over = await asked?.over();
  if (over) throw over;
  throw new Refusal('conflict', 'changed-meanwhile', 'Somebody else is at work on this enrolment. Look again.');
}
