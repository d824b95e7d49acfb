import { useState } from 'preact/hooks';
import type { SubscribeTopicInput, TopicView } from '../../../functions/notifications/contract.ts';
import { phoneOf } from '../identity/phone.ts';
import { Button, TrayChoice } from '../look/controls.tsx';
import { Dialog } from '../look/dialog.tsx';
import { TextField } from '../look/fields.tsx';
import { Form } from '../look/form.tsx';
import { useTell } from '../look/toast.tsx';
import { useChecks } from '../look/use-checks.ts';
import { ask } from '../shell/api.ts';
import { Read, sayProblem } from '../shell/edges.tsx';
import { type QueryKey, queries, useRead } from '../shell/queries.ts';
import { useViewer } from '../shell/session.ts';
import { useDates } from '../text/dates.ts';
import { useText } from '../text/text.ts';

/** My own subscription to the alerts of each team: what the topic itself says about it, and the way in and out. */
export function TeamTopics() {
  const { teams } = useViewer();
  return (
    <>
      {teams.map(({ teamId, name }) => (
        <TeamTopic key={teamId} teamId={teamId} name={name} />
      ))}
    </>
  );
}

function TeamTopic({ teamId, name }: { teamId: string; name: string }) {
  const t = useText('me');
  const s = useText('shell');
  const dates = useDates();
  const viewer = useViewer();
  const { toast } = useTell();
  const [asking, setAsking] = useState(false);
  const path = `/api/notifications/teams/${teamId}/topic`;
  const key: QueryKey = [viewer.userId, teamId, 'topic'];
  const topic = useRead<TopicView>(key, path);
  const change = async (method: 'PUT' | 'DELETE', body?: SubscribeTopicInput) => {
    try {
      await ask(path, { method, ...(body && { body }) });
      toast(t(method === 'PUT' ? 'topic.asked' : 'topic.left'));
      setAsking(false);
    } catch (error) {
      toast(sayProblem(s, error));
    }
    await queries.invalidateQueries({ queryKey: key });
  };
  return (
    <section class="plain" aria-label={t('topic', { team: name })}>
      <Read of={topic} rows={1}>
        {(view) => (
          <div class="line">
            <span>
              {t('topic', { team: name })}
              <small>
                {t(`topic.${view.state}`)}
                {view.endpoint && ` · ${view.endpoint}`}
                {view.checkedAt && ` · ${t('topic.checked', { time: dates.stamp(view.checkedAt, viewer.zone) })}`}
              </small>
            </span>
            {view.state === 'confirmed' || view.state === 'pending' ? (
              <Button onClick={() => void change('DELETE')}>{t('topic.leave')}</Button>
            ) : (
              <Button onClick={() => setAsking(true)}>{t('topic.join')}</Button>
            )}
          </div>
        )}
      </Read>
      {asking && <Subscribe onClose={() => setAsking(false)} onSubscribe={(input) => change('PUT', input)} />}
    </section>
  );
}

function Subscribe(props: { onClose: () => void; onSubscribe: (input: SubscribeTopicInput) => Promise<void> }) {
  const t = useText('me');
  const s = useText('shell');
  const [protocol, setProtocol] = useState<'email' | 'sms'>('email');
  const [which, setWhich] = useState<'red' | 'both'>('red');
  const [typed, setTyped] = useState('');
  const endpoint = protocol === 'sms' ? phoneOf(typed) : /^\S+@\S+\.\S+$/.test(typed.trim()) ? typed.trim() : undefined;
  const { checks, error: wrong } = useChecks({
    endpoint: !endpoint && t(protocol === 'email' ? 'topic.email-bad' : 'supporters.phone-bad'),
  });
  const subscribe = () =>
    endpoint && props.onSubscribe({ protocol, endpoint, severities: which === 'red' ? ['red'] : ['red', 'yellow'] });
  return (
    <Dialog title={t('topic.join')} closeWord={s('close')} onClose={props.onClose}>
      <Form class="stack" checks={checks} onGo={subscribe}>
        <TrayChoice
          name="protocol"
          label={t('topic.way')}
          value={protocol}
          onChange={setProtocol}
          choices={[
            { value: 'email', label: t('email') },
            { value: 'sms', label: t('sms') },
          ]}
        />
        <TextField
          label={t(protocol === 'email' ? 'topic.email' : 'supporters.phone')}
          type={protocol === 'email' ? 'email' : 'tel'}
          value={typed}
          onInput={setTyped}
          hint={t('topic.hint')}
          name="endpoint"
          error={wrong('endpoint')}
        />
        <TrayChoice
          name="severities"
          label={t('topic.which')}
          value={which}
          onChange={setWhich}
          choices={[
            { value: 'red', label: t('topic.red') },
            { value: 'both', label: t('topic.both') },
          ]}
        />
        <Button voice="go" wide type="submit">
          {t('topic.join')}
        </Button>
      </Form>
    </Dialog>
  );
}
