import type { ComponentChildren } from 'preact';
import { LinkButton } from '../look/controls.tsx';
import { Phone, Tabs } from '../look/frame.tsx';
import { useInbox } from '../notifications/inbox.ts';
import { useText } from '../text/text.ts';
import { KeptStrip } from './kept-strip.tsx';
import { useViewer } from './session.ts';

export type Place = 'today' | 'calendar' | 'messages' | 'me';

export interface Nurse {
  name: string;
  phone?: string | undefined;
}

/** The frame of every patient screen: mark or title, what is kept here, and four places at the thumb. */
export function PatientFrame(props: {
  current: Place;
  title?: string;
  action?: ComponentChildren;
  zone: string;
  /** Shown with a call button on the home screen. */
  nurse?: Nurse | undefined;
  children: ComponentChildren;
}) {
  return (
    <Phone
      title={props.title}
      action={props.action}
      strip={<KeptStrip zone={props.zone} />}
      foot={
        <>
          {props.nurse?.phone && <CallNurse name={props.nurse.name} phone={props.nurse.phone} />}
          <Places current={props.current} />
        </>
      }
    >
      {props.children}
    </Phone>
  );
}

function CallNurse({ name, phone }: { name: string; phone: string }) {
  const t = useText('patient');
  const viewer = useViewer();
  return (
    <LinkButton wide icon="phone" class="call" href={`tel:${phone}`}>
      {t(viewer.patientId ? 'call' : 'helps.nurse')} <span class="who-name">{name}</span>
    </LinkButton>
  );
}

function Places({ current }: { current: Place }) {
  const t = useText('patient');
  const s = useText('shell');
  const inbox = useInbox();
  return (
    <Tabs
      label={s('main')}
      items={[
        { href: '/', icon: 'home', label: t('today'), current: current === 'today' },
        { href: '/calendar', icon: 'calendar', label: t('calendar'), current: current === 'calendar' },
        {
          href: '/messages',
          icon: 'message',
          label: t('messages'),
          current: current === 'messages',
          ...(inbox.data?.pages[0] && { news: inbox.data.pages[0].unread }),
        },
        { href: '/me', icon: 'user', label: t('me'), current: current === 'me' },
      ]}
    />
  );
}
