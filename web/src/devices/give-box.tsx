import { useState } from 'preact/hooks';
import type { BoxView } from '../../../functions/devices/contract.ts';
import type { ConsentView, PatientProfile } from '../../../functions/identity/contract.ts';
import { consentTextVersion, purposesNow } from '../identity/consent-text.ts';
import { ScanBox } from '../identity/scan-box.tsx';
import { CheckedForm } from '../look/checked-form.tsx';
import { useChecks } from '../look/use-checks.ts';
import { post } from '../shell/api.ts';
import { Read } from '../shell/edges.tsx';
import { isProblem } from '../shell/problem.ts';
import { useRead } from '../shell/queries.ts';
import { useSave } from '../shell/save.ts';
import { useViewer } from '../shell/session.ts';
import { useLanguage, useText } from '../text/text.ts';
import { boxCode, isBoxCode } from './box-code.ts';
import { BoxCodeField } from './box-code-field.tsx';

type Props = { patient: PatientProfile; onClose: () => void };

/** A box by its code, typed or scanned; who has not agreed to one is asked first. */
export function GiveBox(props: Props) {
  const { patientId } = props.patient;
  const viewer = useViewer();
  const consents = useRead<{ consents: ConsentView[] }>(
    [viewer.userId, patientId, 'consents'],
    `/api/identity/patients/${patientId}/consents`,
  );
  return (
    <Read of={consents} rows={2}>
      {({ consents: all }) =>
        purposesNow(all).some(({ purpose, agreed }) => purpose === 'box' && agreed) ? (
          <CodeForm {...props} />
        ) : (
          <AskFirst patient={props.patient} />
        )
      }
    </Read>
  );
}

const refusals = ['box-not-found', 'box-held', 'box-has-box', 'box-not-active', 'consent-needed'] as const;

function CodeForm({ patient: { patientId, teamId, name }, onClose }: Props) {
  const t = useText('work');
  const [typed, setTyped] = useState('');
  const [refused, setRefused] = useState<string>();
  const { busy, error, save } = useSave([patientId, teamId], onClose);
  const boxId = boxCode(typed);
  const { checks, error: wrong } = useChecks({ code: !isBoxCode(boxId) && t('boxes.swap-code') });
  const type = (code: string) => {
    setRefused(undefined);
    setTyped(code);
  };
  const send = async () => {
    try {
      return await post<BoxView>(`/api/devices/patients/${patientId}/box`, { boxId });
    } catch (problem) {
      const why = refusals.find((code) => isProblem(problem, code));
      if (why) setRefused(t(`boxes.no.${why}`, { name }));
      throw problem;
    }
  };
  const give = () => save(send, (box) => t('boxes.given', { box: box.boxId, name }));
  return (
    <CheckedForm checks={checks} go={t('boxes.give')} busy={busy} error={refused ? undefined : error} onGo={give}>
      <p>{t('boxes.give-says', { name })}</p>
      <BoxCodeField
        name="code"
        label={t('boxes.code')}
        hint={t('boxes.code-hint')}
        value={typed}
        onInput={type}
        error={wrong('code') ?? refused}
      />
      <ScanBox word={t('boxes.scan')} onFound={type} />
    </CheckedForm>
  );
}

/** No box without a yes: the text that they agree to, and who heard it. */
function AskFirst({ patient: { patientId, name } }: Pick<Props, 'patient'>) {
  const t = useText('work');
  const me = useText('me');
  const language = useLanguage();
  const [consentId] = useState(() => crypto.randomUUID());
  const { busy, error, save } = useSave([patientId], () => undefined);
  const { checks } = useChecks({});
  const said = { consentId, way: 'spoken', textVersion: consentTextVersion, language, purposes: ['box'] };
  return (
    <CheckedForm
      checks={checks}
      go={t('boxes.agree-go')}
      busy={busy}
      error={error}
      onGo={() => save(() => post<ConsentView>(`/api/identity/patients/${patientId}/consents`, said))}
    >
      <p>{t('boxes.not-agreed', { name })}</p>
      <blockquote class="consent-read">{me('consent.text')}</blockquote>
    </CheckedForm>
  );
}
