import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { Sees, SupporterInput, SupporterView } from '../../../functions/identity/contract.ts';
import { Button, Switch, TrayChoice } from '../look/controls.tsx';
import { Dialog } from '../look/dialog.tsx';
import { PhoneField, TextField } from '../look/fields.tsx';
import { Form } from '../look/form.tsx';
import { Empty } from '../look/states.tsx';
import { useTell } from '../look/toast.tsx';
import { useChecks } from '../look/use-checks.ts';
import { ask } from '../shell/api.ts';
import { Read, sayProblem } from '../shell/edges.tsx';
import { isProblem } from '../shell/problem.ts';
import { type QueryKey, queries, useRead } from '../shell/queries.ts';
import { useViewer } from '../shell/session.ts';
import { useText } from '../text/text.ts';
import { MePage } from './me.tsx';
import { phoneOf } from './phone.ts';

/** Who helps me, and what each of them sees beyond today and the calendar: nothing, unless I turn it on. */
export default function Supporters() {
  const t = useText('me');
  const viewer = useViewer();
  const patientId = viewer.patientId ?? '';
  const [adding, setAdding] = useState(false);
  const key: QueryKey = [viewer.userId, patientId, 'supporters'];
  const root = `/api/identity/patients/${patientId}/supporters`;
  const supporters = useRead<{ supporters: SupporterView[] }>(key, root);
  const change = useChange(key);
  return (
    <MePage title={t('supporters')}>
      <Read of={supporters} rows={2}>
        {({ supporters: all }) => {
          const here = all.filter(({ state }) => state !== 'removed');
          return (
            <>
              {here.length === 0 && <Empty title={t('supporters.none')} says={t('supporters.none.says')} />}
              {here.map((one) => (
                <SupporterCard
                  key={one.supporterId}
                  supporter={one}
                  onSees={(sees) => change(`${root}/${one.supporterId}`, 'PATCH', { sees })}
                  onRemove={() =>
                    change(
                      `${root}/${one.supporterId}`,
                      'DELETE',
                      undefined,
                      t('supporters.removed', { name: one.name }),
                    )
                  }
                />
              ))}
            </>
          );
        }}
      </Read>
      <Button wide icon="plus" onClick={() => setAdding(true)}>
        {t('supporters.add')}
      </Button>
      {adding && (
        <AddSupporter
          by="patient"
          onClose={() => setAdding(false)}
          onAdd={async (input) => {
            if (await change(root, 'POST', input, t('supporters.added', { name: input.name }))) setAdding(false);
          }}
        />
      )}
    </MePage>
  );
}

/** What of it was refused stands at the foot of the screen; without consent, whose word is missing. */
export function useChange(key: QueryKey) {
  const viewer = useViewer();
  const t = useText('me');
  const { route } = useLocation();
  const s = useText('shell');
  const { toast } = useTell();
  return async (path: string, method: 'POST' | 'PATCH' | 'DELETE', body: unknown, done?: string) => {
    try {
      await ask(path, {
        method,
        ...(body !== undefined && { body }),
        ...(method === 'POST' && { onceKey: crypto.randomUUID() }),
      });
      if (done) toast(done);
      return true;
    } catch (error) {
      if (isProblem(error, 'consent-needed') && viewer.patientId !== key[1]) toast(t('details.agree-first'));
      else if (isProblem(error, 'consent-needed'))
        toast(t('supporters.agree-first'), { word: t('supporters.agree'), run: () => route('/me/consents') });
      else toast(sayProblem(s, error));
      return false;
    } finally {
      await queries.invalidateQueries({ queryKey: key });
    }
  };
}

function SupporterCard(props: {
  supporter: SupporterView;
  onSees: (sees: Sees) => Promise<boolean>;
  onRemove: () => Promise<boolean>;
}) {
  const t = useText('me');
  const { supporter } = props;
  const [asking, setAsking] = useState(false);
  const turn = (what: keyof Sees) => (on: boolean) => void props.onSees({ ...supporter.sees, [what]: on });
  return (
    <section class="plain" aria-labelledby={supporter.supporterId}>
      <h2 id={supporter.supporterId}>{supporter.name}</h2>
      <p class="meta">{[supporter.relation, t(`supporters.${supporter.state}`)].filter(Boolean).join(' · ')}</p>
      {supporter.state !== 'contact' && (
        <>
          <p class="meta">{t('sees.always')}</p>
          <Switch label={t('sees.phone')} on={supporter.sees.phone === true} onChange={turn('phone')} />
          <Switch label={t('sees.medicines')} on={supporter.sees.medicines} onChange={turn('medicines')} />
          <Switch label={t('sees.diagnosis')} on={supporter.sees.diagnosis} onChange={turn('diagnosis')} />
          <Switch label={t('sees.history')} on={supporter.sees.history} onChange={turn('history')} />
        </>
      )}
      <Button voice="text" onClick={() => setAsking(true)}>
        {t('supporters.remove')}
      </Button>
      {asking && <RemoveSupporter name={supporter.name} onClose={() => setAsking(false)} onRemove={props.onRemove} />}
    </section>
  );
}

/** Asked once more, because it holds at once. */
export function RemoveSupporter(props: { name: string; onClose: () => void; onRemove: () => Promise<boolean> }) {
  const t = useText('me');
  const s = useText('shell');
  return (
    <Dialog title={t('supporters.remove.ask', { name: props.name })} closeWord={s('close')} onClose={props.onClose}>
      <p>{t('supporters.remove.says')}</p>
      <Button
        voice="go"
        wide
        onClick={() => {
          props.onClose();
          void props.onRemove();
        }}
      >
        {t('supporters.remove')}
      </Button>
      <Button wide onClick={props.onClose}>
        {s('cancel')}
      </Button>
    </Dialog>
  );
}

/** The same questions in the words of who is asked: the patient, or staff on the patient's word. */
const asked = {
  patient: { add: 'supporters.add', relation: 'supporters.relation', sees: 'sees.always', phone: 'sees.phone' },
  staff: { add: 'helper.add', relation: 'helper.relation', sees: 'helper.sees', phone: 'helper.phone' },
} as const;

export function AddSupporter(props: {
  by: keyof typeof asked;
  onClose: () => void;
  onAdd: (input: SupporterInput) => Promise<void>;
}) {
  const words = asked[props.by];
  const t = useText('me');
  const s = useText('shell');
  const [name, setName] = useState('');
  const [relation, setRelation] = useState('');
  const [typed, setTyped] = useState('');
  const [way, setWay] = useState<'invite' | 'call'>('invite');
  const [mayCall, setMayCall] = useState(true);
  const phone = phoneOf(typed);
  const { checks, error: wrong } = useChecks({
    name: !name.trim() && t('supporters.name-missing'),
    phone: !phone && t('supporters.phone-bad'),
  });
  const add = () =>
    phone &&
    props.onAdd({
      supporterId: crypto.randomUUID(),
      name: name.trim(),
      phone,
      invite: way === 'invite',
      sees: { medicines: false, diagnosis: false, history: false, phone: mayCall },
      ...(relation.trim() && { relation: relation.trim() }),
    });
  return (
    <Dialog title={t(words.add)} closeWord={s('close')} onClose={props.onClose}>
      <Form class="stack" checks={checks} onGo={add}>
        <TextField
          name="name"
          error={wrong('name')}
          label={t('supporters.name')}
          required
          value={name}
          onInput={setName}
          maxLength={120}
        />
        <TextField label={t(words.relation)} value={relation} onInput={setRelation} maxLength={40} />
        <PhoneField
          name="phone"
          error={wrong('phone')}
          label={t('supporters.phone')}
          required
          value={typed}
          onInput={setTyped}
        />
        <TrayChoice
          name="supporter-way"
          label={t('supporters.way')}
          value={way}
          onChange={setWay}
          choices={[
            { value: 'invite', label: t('supporters.way.invite') },
            { value: 'call', label: t('supporters.way.call') },
          ]}
        />
        {way === 'invite' && (
          <>
            <p class="meta">{t(words.sees)}</p>
            <Switch label={t(words.phone)} on={mayCall} onChange={setMayCall} />
          </>
        )}
        <Button voice="go" wide type="submit">
          {t(words.add)}
        </Button>
      </Form>
    </Dialog>
  );
}
