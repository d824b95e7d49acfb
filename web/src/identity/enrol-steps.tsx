import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { type EnrolRequest, type Purpose, purposes, Sex } from '../../../functions/identity/contract.ts';
import type { RegimenTemplate } from '../../../functions/treatment/contract.ts';
import { useTeam } from '../alerts/team.ts';
import { Button, Chips } from '../look/controls.tsx';
import { PhoneField, TextField } from '../look/fields.tsx';
import { Read } from '../shell/edges.tsx';
import { useRead } from '../shell/queries.ts';
import { useViewer } from '../shell/session.ts';
import { languages } from '../text/areas.ts';
import { useDates } from '../text/dates.ts';
import { useLanguage, useText } from '../text/text.ts';
import { consentTextVersion } from './consent-text.ts';
import { ScanBox } from './scan-box.tsx';

const ownName = { en: 'English', hi: 'हिन्दी' } as const;

interface StepProps {
  given: EnrolRequest;
  busy: boolean;
  error: string | undefined;
  onSave: (more: EnrolRequest) => Promise<void>;
}

export function WhoStep({ given, busy, error, onSave }: StepProps) {
  const t = useText('admin');
  const work = useText('work');
  const lang = useLanguage();
  const [name, setName] = useState(given.who?.name ?? '');
  const [age, setAge] = useState(given.who?.age.kind === 'years' ? String(given.who.age.years) : '');
  const [sex, setSex] = useState<NonNullable<EnrolRequest['who']>['sex'] | undefined>(given.who?.sex);
  const [speaks, setSpeaks] = useState<'en' | 'hi'>(given.who?.language ?? lang);
  const [address, setAddress] = useState(given.who?.address ?? '');
  const years = Number(age);
  const ready =
    name.trim() !== '' && age !== '' && Number.isInteger(years) && years >= 0 && years <= 120 && sex !== undefined;
  return (
    <Form
      title={t('enrol.who')}
      error={error}
      busy={busy}
      ready={ready}
      onNext={() =>
        sex &&
        onSave({
          who: {
            name: name.trim(),
            age: { kind: 'years', years },
            sex,
            language: speaks,
            ...(address.trim() && { address: address.trim() }),
          },
        })
      }
    >
      <TextField label={t('enrol.name')} value={name} onInput={setName} autocomplete="off" maxLength={120} required />
      <TextField
        label={t('enrol.age')}
        value={age}
        onInput={setAge}
        inputMode="numeric"
        type="number"
        min={0}
        max={120}
      />
      <p class="strong lbl-p">{t('enrol.sex')}</p>
      <Chips
        class="next"
        label={t('enrol.sex')}
        choices={Sex.options.map((value) => ({ value, label: work(`sex.${value}`) }))}
        value={sex}
        onChange={setSex}
      />
      <p class="strong lbl-p">{t('enrol.language')}</p>
      <Chips
        class="next"
        label={t('enrol.language')}
        choices={languages.map((value) => ({ value, label: ownName[value] }))}
        value={speaks}
        onChange={setSpeaks}
      />
      <TextField label={t('enrol.address')} value={address} onInput={setAddress} autocomplete="off" maxLength={300} />
    </Form>
  );
}

export function ConsentStep({ given, busy, error, onSave }: StepProps) {
  const t = useText('admin');
  const me = useText('me');
  const lang = useLanguage();
  const viewer = useViewer();
  const [way, setWay] = useState<NonNullable<EnrolRequest['consent']>['way'] | undefined>(given.consent?.way);
  const [chosen, setChosen] = useState<ReadonlySet<Purpose>>(
    new Set(given.consent?.purposes ?? ['treatment', 'box', 'messages']),
  );
  const toggle = (purpose: Purpose) => {
    const next = new Set(chosen);
    if (!next.delete(purpose)) next.add(purpose);
    setChosen(next);
  };
  const save = () =>
    way &&
    onSave({
      consent: {
        consentId: given.consent?.consentId ?? crypto.randomUUID(),
        way,
        textVersion: consentTextVersion,
        language: lang,
        purposes: purposes.filter((purpose) => chosen.has(purpose)),
        ...(way === 'spoken' && { heardBy: viewer.name }),
      },
    });
  return (
    <Form
      title={t('enrol.consent')}
      error={error}
      busy={busy}
      ready={way !== undefined && chosen.has('treatment')}
      onNext={save}
    >
      <p class="consent-text">{me('consent.text')}</p>
      <fieldset class="checks" aria-label={t('enrol.purposes')}>
        <legend class="strong">{t('enrol.purposes')}</legend>
        {purposes.map((purpose) => (
          <label key={purpose}>
            <input type="checkbox" checked={chosen.has(purpose)} onChange={() => toggle(purpose)} />{' '}
            {t(`enrol.purpose.${purpose}`)}
          </label>
        ))}
      </fieldset>
      <p class="strong lbl-p">{t('enrol.consent-way')}</p>
      <Chips
        class="next"
        label={t('enrol.consent-way')}
        choices={(['on-screen', 'on-paper', 'spoken'] as const).map((value) => ({ value, label: t(`enrol.${value}`) }))}
        value={way}
        onChange={setWay}
      />
      {way === 'spoken' && (
        <p class="meta">
          {t('enrol.heard-by')}: {viewer.name}
        </p>
      )}
    </Form>
  );
}

export function PlanStep(props: StepProps) {
  const viewer = useViewer();
  const templates = useRead<{ templates: RegimenTemplate[] }>([viewer.userId, 'templates'], '/api/treatment/templates');
  return <Read of={templates}>{({ templates: all }) => <ChoosePlan {...props} templates={all} />}</Read>;
}

function ChoosePlan({ given, busy, error, onSave, templates }: StepProps & { templates: readonly RegimenTemplate[] }) {
  const t = useText('admin');
  const dates = useDates();
  const team = useTeam();
  const today = dates.localDate(new Date().toISOString(), team.zone);
  const [templateId, setTemplateId] = useState(given.plan?.templateId);
  const [start, setStart] = useState(given.plan?.start ?? today);
  const [weight, setWeight] = useState(given.plan?.weightKg ? String(given.plan.weightKg) : '');
  const template = templates.find((one) => one.id === templateId);
  const kilograms = Number(weight);
  const ready =
    template !== undefined && start !== '' && (!template.needsWeight || (kilograms >= 1 && kilograms <= 300));
  return (
    <Form
      title={t('enrol.plan')}
      error={error}
      busy={busy}
      ready={ready}
      onNext={() =>
        template && onSave({ plan: { templateId: template.id, start, ...(weight && { weightKg: kilograms }) } })
      }
    >
      <p class="strong lbl-p">{t('enrol.template')}</p>
      <Chips
        class="next"
        label={t('enrol.template')}
        choices={templates.map((one) => ({ value: one.id, label: one.title }))}
        value={templateId}
        onChange={setTemplateId}
      />
      {template && <p class="meta">{template.citation}</p>}
      {template?.needsWeight && (
        <TextField
          label={t('enrol.weight')}
          value={weight}
          onInput={setWeight}
          type="number"
          inputMode="decimal"
          min={1}
          max={300}
        />
      )}
      <TextField label={t('enrol.start')} type="date" value={start} onInput={setStart} />
    </Form>
  );
}

export function BoxStep({ given, busy, error, onSave }: StepProps) {
  const t = useText('admin');
  const [boxId, setBoxId] = useState(given.box?.boxId ?? '');
  const code = boxId.trim().toUpperCase();
  return (
    <Form
      title={t('enrol.box')}
      error={error}
      busy={busy}
      ready={/^[A-Z0-9][A-Z0-9-]{2,31}$/.test(code)}
      onNext={() => onSave({ box: { boxId: code } })}
      skip={{ word: t('enrol.box-skip'), run: () => onSave({}) }}
    >
      <TextField
        label={t('enrol.box-code')}
        hint={t('enrol.box-hint')}
        value={boxId}
        onInput={setBoxId}
        autoCapitalize="characters"
        spellcheck={false}
        autocomplete="off"
      />
      <ScanBox word={t('enrol.box-scan')} onFound={setBoxId} />
    </Form>
  );
}

export function ReachStep({ given, busy, error, onSave }: StepProps) {
  const t = useText('admin');
  const [use, setUse] = useState<NonNullable<EnrolRequest['reach']>['use'] | undefined>(given.reach?.use);
  const [phone, setPhone] = useState(given.reach?.phone?.replace(/^\+91/, '') ?? '');
  const [from, setFrom] = useState(given.reach?.safeHours?.from ?? '');
  const [to, setTo] = useState(given.reach?.safeHours?.to ?? '');
  const [supporter, setSupporter] = useState(given.supporter?.name ?? '');
  const [supporterPhone, setSupporterPhone] = useState(given.supporter?.phone?.replace(/^\+91/, '') ?? '');
  const number = asPhone(phone);
  const ready = use === 'none' || (use !== undefined && number !== undefined);
  const save = () =>
    use &&
    onSave({
      reach: {
        use,
        ...(use !== 'none' && number && { phone: number }),
        ...(from && to && { safeHours: { from, to } }),
      },
      ...(supporter.trim() && {
        supporter: {
          supporterId: given.supporter?.supporterId ?? crypto.randomUUID(),
          name: supporter.trim(),
          ...(asPhone(supporterPhone) && { phone: asPhone(supporterPhone) }),
          invite: false,
        },
      }),
    });
  return (
    <Form title={t('enrol.reach')} error={error} busy={busy} ready={ready} onNext={save}>
      <Chips
        class="next"
        label={t('enrol.reach')}
        choices={(['own', 'shared', 'none'] as const).map((value) => ({ value, label: t(`enrol.reach-${value}`) }))}
        value={use}
        onChange={setUse}
      />
      {use === 'shared' && <p class="meta">{t('enrol.reach-shared-says')}</p>}
      {use === 'none' && <p class="meta">{t('enrol.reach-none-says')}</p>}
      {use && use !== 'none' && (
        <>
          <PhoneField label={t('enrol.phone')} value={phone} onInput={setPhone} />
          <div class="two">
            <TextField label={t('enrol.safe-from')} type="time" value={from} onInput={setFrom} />
            <TextField label={t('enrol.safe-to')} type="time" value={to} onInput={setTo} />
          </div>
        </>
      )}
      <TextField
        label={t('enrol.supporter-name')}
        value={supporter}
        onInput={setSupporter}
        autocomplete="off"
        maxLength={120}
      />
      {supporter.trim() && (
        <PhoneField label={t('enrol.supporter-phone')} value={supporterPhone} onInput={setSupporterPhone} />
      )}
    </Form>
  );
}

/** `94311 80321` and `+91 94311 80321` alike; undefined until it is a whole number. */
function asPhone(typed: string): string | undefined {
  const digits = typed.replace(/[^\d+]/g, '');
  const whole = digits.startsWith('+') ? digits : `+91${digits.replace(/^0/, '')}`;
  return /^\+[1-9]\d{9,14}$/.test(whole) ? whole : undefined;
}

function Form(props: {
  title: string;
  error: string | undefined;
  busy: boolean;
  ready: boolean;
  onNext: () => unknown;
  skip?: { word: string; run: () => unknown };
  children: ComponentChildren;
}) {
  const t = useText('admin');
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (props.ready && !props.busy) void props.onNext();
      }}
    >
      <h2>{props.title}</h2>
      {props.children}
      {props.error && (
        <p class="err" role="alert">
          {props.error}
        </p>
      )}
      <div class="acts">
        {props.skip && <Button onClick={() => void props.skip?.run()}>{props.skip.word}</Button>}
        <Button voice="go" type="submit" busy={props.busy} disabled={!props.ready}>
          {t('enrol.next')}
        </Button>
      </div>
    </form>
  );
}
