import type { PatientProfile } from '../../../functions/identity/contract.ts';
import type { TeamView } from '../../../functions/organisations/contract.ts';
import { phoneAloud } from '../identity/phone.ts';
import Qr from '../identity/qr.tsx';
import { Button } from '../look/controls.tsx';
import { Dialog } from '../look/dialog.tsx';
import { Read } from '../shell/edges.tsx';
import { useRead } from '../shell/queries.ts';
import { useViewer } from '../shell/session.ts';
import { useText, useTextIn } from '../text/text.ts';
import { plainName } from './plain-name.ts';

/** The card for the patient's pocket, to look at and to print: nothing else of the page goes on that paper. */
export function CardSheet(props: { patient: PatientProfile; boxId: string | undefined; onClose: () => void }) {
  const { teamId } = props.patient;
  const t = useText('files');
  const shell = useText('shell');
  const viewer = useViewer();
  const team = useRead<TeamView>([viewer.userId, teamId, 'team'], `/api/organisations/teams/${teamId}`, {
    keepDays: 0.5,
  });
  return (
    <Dialog title={t('card')} closeWord={shell('close')} onClose={props.onClose}>
      <Read of={team}>
        {(known) => (
          <>
            <WalletCard patient={props.patient} boxId={props.boxId} team={known} />
            <p class="meta">{t('card.size')}</p>
            {plainName(known.facilityName) === undefined && <p class="meta">{t('card.no-facility')}</p>}
            {known.helpPhone === undefined && <p class="meta">{t('card.no-phone')}</p>}
            <Button voice="go" wide icon="print" onClick={() => print()}>
              {t('card.print')}
            </Button>
          </>
        )}
      </Read>
    </Dialog>
  );
}

/** What still takes two lines in large letters. A name is never cut. */
const longName = 44;

/** In the patient's language. It says who, whose help and which box, and nothing of what is treated with what. */
function WalletCard(props: { patient: PatientProfile; boxId: string | undefined; team: TeamView }) {
  const { patient, boxId, team } = props;
  const t = useTextIn(patient.language, 'files');
  if (!t) return null;
  return (
    <article class="wallet" lang={patient.language} aria-label={t('card.of', { name: patient.name })}>
      <p class="w-place">{plainName(team.facilityName)}</p>
      <p class={patient.name.length > longName ? 'w-name long' : 'w-name'}>{patient.name}</p>
      <dl>
        <dt>{t('code')}</dt>
        <dd class="w-code">{patient.code}</dd>
        {team.helpPhone && (
          <>
            <dt>{t('card.help')}</dt>
            <dd>{phoneAloud(team.helpPhone)}</dd>
          </>
        )}
        {boxId && (
          <>
            <dt>{t('box')}</dt>
            <dd>{boxId}</dd>
          </>
        )}
      </dl>
      <Qr value={patient.code} label={t('card.qr', { code: patient.code })} />
    </article>
  );
}
