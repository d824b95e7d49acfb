import { useState } from 'preact/hooks';
import type { PreferencesInput, PreferencesView } from '../../../functions/notifications/contract.ts';
import { Button, Switch } from '../look/controls.tsx';
import { TextField } from '../look/fields.tsx';
import { useTell } from '../look/toast.tsx';
import { ask } from '../shell/api.ts';
import { Read, sayProblem } from '../shell/edges.tsx';
import { type QueryKey, queries, useRead } from '../shell/queries.ts';
import { useViewer } from '../shell/session.ts';
import { useText } from '../text/text.ts';
import { canPush, subscribeHere, unsubscribeHere } from './push.ts';

const path = '/api/notifications/preferences';

/** The switches, for patients, supporters and staff alike. Each saves itself. */
export function PreferencesForm() {
  const viewer = useViewer();
  const s = useText('shell');
  const { toast } = useTell();
  const key: QueryKey = [viewer.userId, viewer.userId, 'preferences'];
  const preferences = useRead<PreferencesView>(key, path);
  const save = async (
    view: PreferencesView,
    change: Partial<PreferencesInput> & { quietHours?: undefined | PreferencesInput['quietHours'] },
  ) => {
    const { devices: _d, vapidPublicKey: _v, version, ...now } = view;
    const { quietHours, ...rest } = { ...now, ...change };
    try {
      await ask(path, { method: 'PUT', body: { ...rest, ...(quietHours && { quietHours }) }, version });
    } catch (error) {
      toast(sayProblem(s, error));
    }
    await queries.invalidateQueries({ queryKey: key });
  };
  return (
    <Read of={preferences} rows={4}>
      {(view) => (
        <>
          <Ways view={view} onSave={(change) => save(view, change)} />
          <Quiet key={view.version} view={view} onSave={(quietHours) => save(view, { quietHours })} />
        </>
      )}
    </Read>
  );
}

function Ways({
  view,
  onSave,
}: {
  view: PreferencesView;
  onSave: (change: Partial<PreferencesInput>) => Promise<void>;
}) {
  const t = useText('me');
  const { toast } = useTell();
  const says = t(useViewer().isStaff ? 'says.staff' : 'sms.says');
  const turnPush = async (on: boolean) => {
    if (!on) await unsubscribeHere();
    else {
      const outcome = await subscribeHere(view.vapidPublicKey);
      if (outcome !== 'subscribed') {
        toast(t(`push.${outcome}`));
        return;
      }
    }
    await onSave({ push: on });
  };
  return (
    <section class="plain">
      <Switch
        label={t('push')}
        hint={canPush() ? says : t('push.unable')}
        on={view.push && view.devices.length > 0}
        disabled={!canPush()}
        onChange={(on) => void turnPush(on)}
      />
      <Switch label={t('sms')} hint={says} on={view.sms} onChange={(sms) => void onSave({ sms })} />
      <Switch label={t('email')} hint={t('email.says')} on={view.email} onChange={(email) => void onSave({ email })} />
    </section>
  );
}

function Quiet({
  view,
  onSave,
}: {
  view: PreferencesView;
  onSave: (hours: PreferencesInput['quietHours']) => Promise<void>;
}) {
  const t = useText('me');
  const s = useText('shell');
  const [from, setFrom] = useState(view.quietHours?.from ?? '21:00');
  const [to, setTo] = useState(view.quietHours?.to ?? '07:00');
  const on = view.quietHours !== undefined;
  const changed = on && (from !== view.quietHours?.from || to !== view.quietHours?.to);
  return (
    <section class="plain">
      <Switch
        label={t('quiet')}
        hint={t('quiet.says')}
        on={on}
        onChange={(turned) => void onSave(turned ? { from, to } : undefined)}
      />
      {on && (
        <div class="two">
          <TextField label={t('quiet.from')} type="time" value={from} onInput={setFrom} />
          <TextField label={t('quiet.to')} type="time" value={to} onInput={setTo} />
        </div>
      )}
      {changed && (
        <Button wide onClick={() => void onSave({ from, to })}>
          {s('save')}
        </Button>
      )}
    </section>
  );
}
