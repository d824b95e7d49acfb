import type { ComponentChildren } from 'preact';
import type { PatientProfile } from '../../../functions/identity/contract.ts';
import { Button } from '../look/controls.tsx';
import { usePage } from '../shell/page.ts';
import { PatientFrame } from '../shell/patient-frame.tsx';
import { InstallPrompt } from '../shell/prompts.tsx';
import { useRead } from '../shell/queries.ts';
import { useViewer } from '../shell/session.ts';
import { useText } from '../text/text.ts';
import { BoxSection } from './box-section.tsx';
import { LeaveSection } from './leave.tsx';
import { LineLink } from './line-link.tsx';
import { LookSection } from './look-section.tsx';
import { phoneAloud } from './phone.ts';

/** Everything that is about the person and not about today. */
export default function Me() {
  const t = useText('me');
  const p = useText('patient');
  const viewer = useViewer();
  const patientId = viewer.patientId ?? '';
  const profile = useRead<PatientProfile>(
    [viewer.userId, patientId, 'profile'],
    `/api/identity/patients/${patientId}`,
    { keepDays: 30, enabled: patientId !== '' },
  );
  usePage(p('me'));
  return (
    <PatientFrame current="me" title={p('me')} zone={viewer.zone}>
      <header class="who-am-i">
        <h1>{viewer.name}</h1>
        {profile.data && (
          <p class="meta">
            {t('card')} <b class="strong nb">{profile.data.code}</b>
            {profile.data.reach.phone && <span class="nb"> · {phoneAloud(profile.data.reach.phone)}</span>}
          </p>
        )}
      </header>
      {patientId && <BoxSection patientId={patientId} zone={profile.data?.zone ?? viewer.zone} />}
      <section class="plain">
        {patientId && (
          <>
            <LineLink href="/me/supporters" icon="users" says={t('supporters.says')}>
              {t('supporters')}
            </LineLink>
            <LineLink href="/me/consents" icon="tick" says={t('consents.says')}>
              {t('consents')}
            </LineLink>
            <LineLink href="/me/who-saw" icon="eye" says={t('who-saw.says')}>
              {t('who-saw')}
            </LineLink>
          </>
        )}
        <LineLink href="/me/notifications" icon="bell" says={t('notifications.says')}>
          {t('notifications')}
        </LineLink>
        <LineLink href="/me/devices" icon="device" says={t('devices.says')}>
          {t('devices')}
        </LineLink>
      </section>
      <LookSection />
      <InstallPrompt />
      <LeaveSection />
    </PatientFrame>
  );
}

/** A sub-page of "me": its title, and the way back beside it. */
export function MePage(props: { title: string; children: ComponentChildren }) {
  const s = useText('shell');
  const viewer = useViewer();
  usePage(props.title);
  return (
    <PatientFrame
      current="me"
      title={props.title}
      zone={viewer.zone}
      action={
        <Button voice="text" icon="left" onClick={() => history.back()}>
          {s('back')}
        </Button>
      }
    >
      <h1 class="vh">{props.title}</h1>
      {props.children}
    </PatientFrame>
  );
}
