import { QueryClientProvider } from '@tanstack/react-query';
import { LocationProvider, useLocation } from 'preact-iso';
import { TellProvider } from '../look/toast.tsx';
import { useText } from '../text/text.ts';
import { Crashed, Opening } from './edges.tsx';
import { lazyScreen } from './lazy-screen.tsx';
import { UpdatePrompt } from './prompts.tsx';
import { queries } from './queries.ts';
import { useSession } from './session.ts';
import type { Viewer } from './viewer.ts';

// One door per kind of person: whoever reads their own day never downloads a provider's screens.
const OpenLink = lazyScreen(() => import('../alerts/open-link.tsx'), 'sign-in');
const SignedOut = lazyScreen(() => import('../identity/signed-out.tsx'), 'sign-in');
const PatientApp = lazyScreen(() => import('./patient-app.tsx'), 'patient');
const SupporterApp = lazyScreen(() => import('./supporter-app.tsx'), 'patient');
const StaffApp = lazyScreen(() => import('./staff-app.tsx'), 'staff');

export function App() {
  const t = useText('shell');
  return (
    <QueryClientProvider client={queries}>
      <TellProvider
        above={
          <>
            <a class="skip" href="#main">
              {t('skip')}
            </a>
            <UpdatePrompt />
          </>
        }
      >
        <LocationProvider>
          <Door />
        </LocationProvider>
      </TellProvider>
    </QueryClientProvider>
  );
}

function Door() {
  const session = useSession();
  const { path } = useLocation();
  if (path === '/o') return <OpenLink />;
  if (session.state === 'starting') return <Opening />;
  if (session.state === 'out') return <SignedOut />;
  return (
    <Crashed>
      <RoleApp viewer={session.viewer} />
    </Crashed>
  );
}

function RoleApp({ viewer }: { viewer: Viewer }) {
  if (viewer.isStaff) return <StaffApp />;
  return viewer.patientId ? <PatientApp /> : <SupporterApp />;
}
