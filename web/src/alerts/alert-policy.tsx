import { useState } from 'preact/hooks';
import type { AlertPolicyView, CitedRule } from '../../../functions/alerts/contract.ts';
import { Button, Switch } from '../look/controls.tsx';
import { ErrorLine, TextField } from '../look/fields.tsx';
import { ask } from '../shell/api.ts';
import { Read } from '../shell/edges.tsx';
import { useRead } from '../shell/queries.ts';
import { useSave } from '../shell/save.ts';
import { useViewer } from '../shell/session.ts';
import { useText } from '../text/text.ts';

/** When the staff of a team are told, with the source of each rule. */
export function AlertPolicy({ teamId }: { teamId: string }) {
  const viewer = useViewer();
  const policy = useRead<AlertPolicyView>([viewer.userId, teamId, 'policy'], `/api/alerts/teams/${teamId}/policy`);
  return <Read of={policy}>{(view) => <Policy key={view.version} policy={view} />}</Read>;
}

function Policy({ policy }: { policy: AlertPolicyView }) {
  const t = useText('team');
  const shell = useText('shell');
  const [everyMiss, setEveryMiss] = useState(policy.everyMiss);
  const [hours, setHours] = useState(String(policy.acknowledgeHours));
  const [digestAt, setDigestAt] = useState(policy.digestAt);
  const { busy, error, save } = useSave([policy.teamId], () => undefined);
  const says = (rule: CitedRule) =>
    t(`rule.${rule}`, {
      hours: policy.contactHours,
      count: rule === 'load' ? policy.immediatePerDay : policy.noNewsDays,
      days: policy.gates.join(', '),
    });
  const body = { everyMiss, acknowledgeHours: Number(hours), digestAt };
  return (
    <section class="sec">
      <header>
        <h2>{t('policy')}</h2>
        <span class="meta">{t('policy-says', { version: policy.policyVersion })}</span>
      </header>
      <div class="form four">
        <Switch label={t('every-miss')} on={everyMiss} onChange={setEveryMiss} />
        <TextField
          label={t('ack-hours')}
          type="number"
          min={0.5}
          max={24}
          step={0.5}
          value={hours}
          onInput={setHours}
        />
        <TextField label={t('digest-at')} type="time" value={digestAt} onInput={setDigestAt} />
        <Button
          busy={busy}
          onClick={() =>
            void save(() =>
              ask(`/api/alerts/teams/${policy.teamId}/policy`, { method: 'PUT', body, version: policy.version }),
            )
          }
        >
          {shell('save')}
        </Button>
      </div>
      <ErrorLine says={error} />
      <dl class="rules">
        {policy.citations.map(({ rule, source }) => (
          <div key={rule}>
            <dt>{says(rule)}</dt>
            <dd>{source}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
