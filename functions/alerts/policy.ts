import type { Severity } from '../notifications/message.ts';
import { type BandPolicy, bandPolicies, currentBandPolicy } from '../treatment/bands.ts';

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
  readonly citations: readonly { readonly rule: string; readonly source: string }[];
};

export const alertPolicies: Readonly<Record<string, Omit<AlertPolicy, 'bands'> & { readonly bands: string }>> = {
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
        rule: 'bands: 2–3 misses of 7 call, 4 of 7 or 3 running visit',
        source: 'TB-MATE trial ladder, Trials 2021, 05337-y; China 30 counties, PLoS One 0232337',
      },
      {
        rule: 'a red patient is contacted within 48 hours',
        source: 'PLoS One 0232337: of 134 patients who met the rule, 29 were acted on; so the clock is measured',
      },
      {
        rule: 'a miss in bedaquiline loading is told at once',
        source: 'WHO consolidated guidelines module 4, tbksp node 2508: loading doses are not made up',
      },
      { rule: 'gates at 7, 14, 28, 56 days', source: 'WHO operational handbook module 4, tbksp nodes 579, 2485, 2508' },
      { rule: 'no news for 3 dosing days is a question', source: 'domain 3.2: a silent box is not a missed dose' },
      { rule: 'five immediate messages a day', source: 'AMA inbox burden +157 % since 2020; the rest become one' },
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
