import type { Severity } from '../notifications/message.ts';
import { type BandPolicy, bandPolicies, currentBandPolicy } from '../treatment/bands.ts';
import type { CitedRule } from './contract.ts';

/** Who is told when. Data with its sources; a team's own choices lie over the version that it started from. */
export type AlertPolicy = {
  readonly version: string;
  readonly bands: BandPolicy;
  /** Tell at once about every single miss. */
  readonly everyMiss: boolean;
  /** Working hours until somebody has said "I'm on it", for each rung. */
  readonly acknowledgeHours: number;
  /** Hours on the clock until somebody has spoken with a red patient. */
  readonly contactHours: number;
  readonly immediatePerDay: number;
  /** Wall-clock time of the morning digest, in the team's zone. */
  readonly digestAt: string;
  /** Severities that reach people outside working hours. */
  readonly onCall: readonly Severity[];
  /** A closing can be taken back for so long. */
  readonly undoMinutes: number;
  readonly linkHours: number;
  readonly citations: readonly { readonly rule: CitedRule; readonly source: string }[];
};

const alertPolicies: Readonly<Record<string, Omit<AlertPolicy, 'bands'> & { readonly bands: string }>> = {
  a1: {
    version: 'a1',
    bands: currentBandPolicy,
    everyMiss: false,
    acknowledgeHours: 4,
    contactHours: 48,
    immediatePerDay: 5,
    digestAt: '08:00',
    onCall: [],
    undoMinutes: 10,
    linkHours: 24,
    citations: [
      {
        rule: 'contact',
        source: 'China, 30 counties: of 134 patients who met the rule 29 were acted on (PLoS One 0232337)',
      },
      { rule: 'loading', source: 'WHO consolidated guidelines, module 4 (tbksp 2508): loading doses are not made up' },
      { rule: 'gates', source: 'WHO operational handbook, module 4 (tbksp 579, 2485, 2508)' },
      { rule: 'no-news', source: 'China, 30 counties: a quarter of person-months without box data (PLoS One 0232337)' },
      { rule: 'load', source: 'AMA: messages to physicians +157 % since 2020' },
    ],
  },
};
export const currentAlertPolicy = 'a1';

export type TeamChoices = {
  readonly everyMiss?: boolean;
  readonly acknowledgeHours?: number;
  readonly digestAt?: string;
};

/** The policy a team works by. An unknown version is the current one: nobody is left without a policy. */
export function alertPolicy(choices: TeamChoices = {}, version = currentAlertPolicy): AlertPolicy {
  const base = alertPolicies[version] ?? alertPolicies[currentAlertPolicy];
  const bands = base && bandPolicies[base.bands];
  if (!base || !bands) throw new Error('the current alert policy is missing');
  const { everyMiss, acknowledgeHours, digestAt } = choices;
  return {
    ...base,
    bands,
    ...(everyMiss !== undefined && { everyMiss }),
    ...(acknowledgeHours !== undefined && { acknowledgeHours }),
    ...(digestAt !== undefined && { digestAt }),
  };
}
