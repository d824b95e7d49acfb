import { useState } from 'preact/hooks';
import type { AdminHome } from '../../../functions/reports/contract.ts';
import { sayMinutes } from '../alerts/row-words.ts';
import { LastRefusal } from '../audit/last-refusal.tsx';
import { Incidents } from '../devices/incidents.tsx';
import { Button, LinkButton } from '../look/controls.tsx';
import { Glyph } from '../look/glyph.tsx';
import { Technical } from '../look/technical.tsx';
import { useTell } from '../look/toast.tsx';
import { Section } from '../look/worklist.tsx';
import { post } from '../shell/api.ts';
import { Read, sayProblem } from '../shell/edges.tsx';
import { usePage } from '../shell/page.ts';
import { useRead } from '../shell/queries.ts';
import { useViewer } from '../shell/session.ts';
import { useDates } from '../text/dates.ts';
import { useText } from '../text/text.ts';

/** What only an administrator can put right, in this order: no owner → not delivered → not reached → not believed. */
export default function AdminHomeScreen() {
  const t = useText('admin');
  const viewer = useViewer();
  usePage(t('home.title'));
  const organisationId = viewer.organisationIds[0] ?? 'none';
  const home = useRead<AdminHome>(
    [viewer.userId, organisationId, 'home'],
    `/api/reports/organisations/${organisationId}/home`,
    { refetchSeconds: 60 },
  );
  return (
    <main id="main" tabIndex={-1} class="sheet-page">
      <h1>{t('home.title')}</h1>
      <Read of={home}>{(view) => <Home view={view} />}</Read>
    </main>
  );
}

function Home({ view }: { view: AdminHome }) {
  const t = useText('admin');
  const work = useText('work');
  const dates = useDates();
  const { zone } = useViewer();
  return (
    <>
      <Section id="unowned" title={t('home.unowned')} count={view.unowned.length}>
        {view.unowned.length === 0 ? <p class="none">{t('home.unowned-none')}</p> : null}
        <ul class="people">
          {view.unowned.map((alert) => (
            <li key={alert.alertId}>
              <Glyph
                name={alert.band === 'red' ? 'red' : 'yellow'}
                label={work(alert.band === 'red' ? 'band.red' : 'band.yellow')}
              />
              <span class="who-name">{alert.code}</span>
              <span class="meta">{t('home.since', { time: dates.stamp(alert.openedAt, zone) })}</span>
              <LinkButton href={`/teams?at=${alert.teamId}`}>{t('home.set-owner')}</LinkButton>
            </li>
          ))}
        </ul>
      </Section>
      <Section id="undelivered" title={t('home.undelivered')} count={view.undelivered.length}>
        {view.undelivered.length === 0 ? <p class="none">{t('home.undelivered-none')}</p> : null}
        <ul class="people">
          {view.undelivered.map((message) => (
            <Undelivered key={message.messageId} message={message} />
          ))}
        </ul>
      </Section>
      <Section id="no-contact" title={t('home.no-contact')} count={view.noContact.length}>
        {view.noContact.length === 0 ? <p class="none">{t('home.no-contact-none')}</p> : null}
        <ul class="people">
          {view.noContact.map((alert) => (
            <li key={alert.alertId} class="red">
              <Glyph name="red" label={work('band.red')} />
              <span class="who-name">
                {alert.code} <span class="meta">{t('home.owner', { name: alert.ownerName })}</span>
              </span>
              <span class="meta">
                {t('home.since', { time: dates.stamp(alert.openedAt, zone) })},{' '}
                {t('home.contact-was-due', { time: dates.stamp(alert.contactBy, zone) })}
              </span>
            </li>
          ))}
        </ul>
      </Section>
      <Incidents organisationId={view.organisationId} />
      <Section id="quarantine" title={t('home.quarantine')} count={view.quarantine.count}>
        {view.quarantine.count === 0 ? (
          <p class="none">{t('home.quarantine-none')}</p>
        ) : (
          <p class="none">
            {t('home.quarantine-count', { count: view.quarantine.count })}{' '}
            <a href="/quarantine">{t('quarantine.title')}</a>
          </p>
        )}
      </Section>
      <LastRefusal organisationId={view.organisationId} />
      <Section id="teams" title={t('home.teams')} count={view.teams.length}>
        <ul class="people">
          {view.teams.map((team) => (
            <li key={team.teamId}>
              <div class="who-name">
                <a href={`/teams?at=${team.teamId}`}>{team.name}</a>
                <p class="meta">{t('home.team', { count: team.patients, red: team.red })}</p>
              </div>
              <p class="meta">
                {team.line.red === 0
                  ? t('home.line-none')
                  : t('home.line', { count: team.line.contactedWithin48h, of: team.line.red })}
                {team.line.medianMinutesToContact !== undefined &&
                  `; ${t('home.median', { time: sayMinutes(Math.round(team.line.medianMinutesToContact), work) })}`}
              </p>
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}

function Undelivered({ message }: { message: AdminHome['undelivered'][number] }) {
  const t = useText('admin');
  const work = useText('work');
  const shell = useText('shell');
  const dates = useDates();
  const { zone } = useViewer();
  const { toast } = useTell();
  const [busy, setBusy] = useState(false);
  const again = async () => {
    setBusy(true);
    try {
      await post(`/api/notifications/teams/${message.teamId}/undelivered/${message.messageId}/again`, {});
      toast(t('home.sent-again'));
    } catch (error) {
      toast(sayProblem(shell, error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <li>
      <div class="who-name">
        <b class="strong">{t(`home.why.${message.reason}`)}</b>
        <p class="meta">
          {/* Refused by every way, it stands in the app: no way of its own. */}
          {message.channel !== 'screen' && `${work(`told.by-${message.channel}`)} · `}
          {t('home.since', { time: dates.stamp(message.requestedAt, zone) })}
        </p>
        {message.reason !== 'refused' && <Technical says={message.why} />}
      </div>
      <Button busy={busy} onClick={() => void again()}>
        {t('home.again')}
      </Button>
    </li>
  );
}
