import { useEffect } from 'preact/hooks';
import { Route, Router, useLocation } from 'preact-iso';
import { Caseloads } from '../alerts/caseloads.tsx';
import '../look/staff.css';
import '../look/worklist.css';
import '../look/patient-page.css';
import '../look/staff-pages.css';
import '../look/print.css';
import { StaffBar, Tabs } from '../look/frame.tsx';
import { useDates } from '../text/dates.ts';
import { useText } from '../text/text.ts';
import { useNow } from './clock.ts';
import { KeptStrip } from './kept-strip.tsx';
import { live } from './live.ts';
import { NotHere } from './not-here.tsx';
import { useViewer } from './session.ts';
import { mayOpen, type StaffScreen, staffScreens } from './staff-screens.tsx';
import { useStore } from './store.ts';

const isAt = (path: string, screen: StaffScreen) =>
  screen.path === '/' ? path === '/' : path === screen.path || path.startsWith(`${screen.path}/`);

/** The frame of every staff screen: bar, what is kept here, the screen, and the places at the thumb. */
export default function StaffApp() {
  const t = useText('staff');
  const s = useText('shell');
  const viewer = useViewer();
  const { path } = useLocation();
  const isLive = useStore(live);
  const dates = useDates();
  const clock = dates.stamp(useNow().toISOString(), viewer.zone);
  const mine = staffScreens.filter((screen) => mayOpen(viewer, screen));
  const places = mine.filter(({ nav }) => nav);
  usePreloaded(mine);
  return (
    <div class="staff">
      <StaffBar
        label={s('main')}
        clock={clock}
        links={places.map((screen) => ({
          href: screen.path,
          label: screen.nav ? t(screen.nav.label) : '',
          current: isAt(path, screen),
        }))}
        live={isLive === undefined ? undefined : { on: isLive, word: isLive ? t('live') : t('live.off') }}
        me={{ name: viewer.name, href: '/me', label: t('me', { name: viewer.name }) }}
        find={mine.some((screen) => screen.path === '/patients') ? { href: '/patients', label: t('find') } : undefined}
      />
      <KeptStrip zone={viewer.zone} />
      {mine.find((screen) => screen.path === path)?.caseload && <Caseloads />}
      <Router>
        {mine.map((screen) => (
          <Route key={screen.path} path={screen.path} component={screen.screen} />
        ))}
        <Route default component={NotHere} />
      </Router>
      <Tabs
        class="b-nav"
        label={s('main')}
        items={[
          ...places.slice(0, 3).map((screen) => ({
            href: screen.path,
            icon: screen.nav?.icon ?? ('list' as const),
            label: screen.nav ? t(screen.nav.label) : '',
            current: isAt(path, screen),
          })),
          { href: '/more', icon: 'more', label: t('more'), current: path === '/more' || path === '/me' },
        ]}
      />
    </div>
  );
}

/** Once the first screen stands, the others come too: the list must still open when the network is gone. */
function usePreloaded(screens: readonly StaffScreen[]): void {
  const paths = screens.map(({ path }) => path).join();
  useEffect(() => {
    const timer = setTimeout(() => {
      for (const { screen } of screens) void screen.preload().catch(() => undefined);
    }, 3_000);
    return () => clearTimeout(timer);
  }, [paths]);
}
