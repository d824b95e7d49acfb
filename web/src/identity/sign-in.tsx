import { useState } from 'preact/hooks';
import { TrayChoice } from '../look/controls.tsx';
import { usePage } from '../shell/page.ts';
import { forgetLock, useSession } from '../shell/session.ts';
import { useText } from '../text/text.ts';
import { PersonDoor } from './person-door.tsx';
import { PinDoor } from './pin-door.tsx';
import { StaffDoor } from './staff-door.tsx';

type Who = 'person' | 'staff';
const kept = 'careconnect.door';

/** Two doors in one tray; the device remembers which one was used last, and nothing about whom. */
export default function SignIn() {
  const t = useText('sign-in');
  const now = useSession();
  const locked = now.state === 'out' ? now.locked : undefined;
  const [who, setWho] = useState<Who>(locked || localStorage.getItem(kept) === 'staff' ? 'staff' : 'person');
  usePage(t('title'));
  const choose = (next: Who) => {
    localStorage.setItem(kept, next);
    setWho(next);
  };
  return (
    <>
      <TrayChoice
        name="who"
        label={t('who')}
        value={who}
        onChange={choose}
        choices={[
          { value: 'person', label: t('who.person') },
          { value: 'staff', label: t('who.staff') },
        ]}
      />
      {who === 'person' ? <PersonDoor /> : locked ? <PinDoor locked={locked} onOther={forgetLock} /> : <StaffDoor />}
    </>
  );
}
