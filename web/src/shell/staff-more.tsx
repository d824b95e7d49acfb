import { LineLink } from '../identity/line-link.tsx';
import { useText } from '../text/text.ts';
import { usePage } from './page.ts';
import { useViewer } from './session.ts';
import { mayOpen, staffScreens } from './staff-screens.tsx';
import '../look/patient.css';

/** On a phone: the places that do not fit at the thumb, and one's own page. */
export default function StaffMore() {
  const t = useText('staff');
  const viewer = useViewer();
  usePage(t('more'));
  const places = staffScreens.filter((screen) => screen.nav && mayOpen(viewer, screen)).slice(3);
  return (
    <main id="main" class="list narrow" tabIndex={-1}>
      <h1 class="vh">{t('more')}</h1>
      <nav class="plain" aria-label={t('more')}>
        {places.map(
          ({ path, nav }) =>
            nav && (
              <LineLink key={path} href={path} icon={nav.icon}>
                {t(nav.label)}
              </LineLink>
            ),
        )}
        {staffScreens.some((screen) => screen.path === '/refusals' && mayOpen(viewer, screen)) && (
          <LineLink href="/refusals" icon="lock" says={t('refusals.says')}>
            {t('refusals')}
          </LineLink>
        )}
        {viewer.teams.length > 0 && (
          <LineLink href="/team" icon="users" says={t('my-team.says')}>
            {t('my-team')}
          </LineLink>
        )}
        <LineLink href="/me" icon="user" says={t('me.says')}>
          {viewer.name}
        </LineLink>
      </nav>
    </main>
  );
}
