import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type * as z from 'zod/mini';
import type { AlertPolicyView } from '../../../functions/alerts/contract.ts';
import type {
  StaffList as StaffListShape,
  TeamsView as TeamsShape,
  TeamView,
} from '../../../functions/organisations/contract.ts';
import { Button, Switch } from '../look/controls.tsx';
import { Dialog } from '../look/dialog.tsx';
import { SelectField, TextField } from '../look/fields.tsx';
import { Empty } from '../look/states.tsx';
import { useTell } from '../look/toast.tsx';
import { ask, post } from '../shell/api.ts';
import { Read, sayProblem } from '../shell/edges.tsx';
import { usePage } from '../shell/page.ts';
import { subjectChanged, useRead } from '../shell/queries.ts';
import { useViewer } from '../shell/session.ts';
import { useDates } from '../text/dates.ts';
import { useText } from '../text/text.ts';
import { useFacility } from './facility.tsx';
import { HandOver } from './hand-over.tsx';

type StaffList = z.infer<typeof StaffListShape>;
type TeamsView = z.infer<typeof TeamsShape>;

/** Caseloads of a facility: owner, members, cover, when staff are told; `?at=` opens one. */
export default function TeamsScreen() {
  const t = useText('admin');
  const viewer = useViewer();
  const { query } = useLocation();
  usePage(t('teams.title'));
  const { facilityId, choose } = useFacility();
  const [adding, setAdding] = useState(false);
  const teams = useRead<TeamsView>(
    [viewer.userId, facilityId, 'teams'],
    `/api/organisations/organisations/${facilityId}/teams`,
    { enabled: facilityId !== 'none' },
  );
  if (query.at) return <OneTeam teamId={query.at} teams={teams.data?.teams ?? []} />;
  return (
    <main id="main" tabIndex={-1} class="sheet-page">
      <div class="h-row">
        <h1>{t('teams.title')}</h1>
        <div class="end">
          {choose}
          <Button voice="go" icon="plus" onClick={() => setAdding(true)}>
            {t('teams.new')}
          </Button>
        </div>
      </div>
      <Read of={teams}>
        {(view) =>
          view.teams.length === 0 ? (
            <Empty title={t('teams.empty')} says={t('teams.empty-says')} />
          ) : (
            <ul class="people">
              {view.teams.map((team) => (
                <li key={team.teamId}>
                  <div class="who-name">
                    <a href={`/teams?at=${team.teamId}`}>{team.name}</a>
                    <p class="meta">
                      {t('home.owner', { name: team.ownerName })} · {t('teams.members', { count: team.members })}
                    </p>
                  </div>
                </li>
              ))}
            </ul>
          )
        }
      </Read>
      {adding && <NewTeam facilityId={facilityId} onClose={() => setAdding(false)} />}
    </main>
  );
}

function OneTeam({ teamId, teams }: { teamId: string; teams: TeamsView['teams'] }) {
  const t = useText('admin');
  const viewer = useViewer();
  const team = useRead<TeamView>([viewer.userId, teamId, 'settings'], `/api/organisations/teams/${teamId}/settings`);
  const policy = useRead<AlertPolicyView>([viewer.userId, teamId, 'policy'], `/api/alerts/teams/${teamId}/policy`);
  return (
    <main id="main" tabIndex={-1} class="sheet-page">
      <Read of={team}>
        {(view) => (
          <>
            <div class="h-row">
              <h1>{view.name}</h1>
              <div class="end">
                <HandOver teamId={teamId} teams={teams} />
              </div>
            </div>
            <p class="meta">
              {view.facilityName} · {t('home.owner', { name: view.ownerNow.name })}
            </p>
            <ul class="people">
              {view.members.map((member) => (
                <li key={member.userId}>
                  <span class="who-name">
                    {member.name} {member.userId === view.ownerId && <span class="quiet">{t('teams.owner')}</span>}
                  </span>
                </li>
              ))}
            </ul>
            <Covers team={view} />
          </>
        )}
      </Read>
      <Read of={policy}>{(view) => <Policy key={view.version} policy={view} />}</Read>
    </main>
  );
}

function Covers({ team }: { team: TeamView }) {
  const t = useText('admin');
  const shell = useText('shell');
  const dates = useDates();
  const { toast } = useTell();
  const [forUserId, setFor] = useState(team.ownerId);
  const [byUserId, setBy] = useState('');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const act = async (run: () => Promise<unknown>) => {
    try {
      await run();
      subjectChanged(team.teamId);
      toast(shell('saved'));
    } catch (error) {
      toast(sayProblem(shell, error));
    }
  };
  const people = team.members.map((member) => (
    <option key={member.userId} value={member.userId}>
      {member.name}
    </option>
  ));
  const add = () =>
    act(() =>
      post(`/api/organisations/teams/${team.teamId}/covers`, {
        coverId: crypto.randomUUID(),
        forUserId,
        byUserId,
        from: new Date(from).toISOString(),
        to: new Date(to).toISOString(),
      }),
    );
  return (
    <section class="sec">
      <header>
        <h2>{t('teams.cover')}</h2>
      </header>
      <ul class="people">
        {team.covers.map((cover) => (
          <li key={cover.coverId}>
            <span class="who-name">
              {t('teams.cover-line', {
                by: cover.byName,
                for: cover.forName,
                from: dates.stamp(cover.from, team.zone),
                to: dates.stamp(cover.to, team.zone),
              })}
            </span>
            <Button
              onClick={() =>
                void act(() =>
                  ask(`/api/organisations/teams/${team.teamId}/covers/${cover.coverId}`, { method: 'DELETE' }),
                )
              }
            >
              {t('teams.cover-end')}
            </Button>
          </li>
        ))}
      </ul>
      <div class="form four">
        <SelectField label={t('teams.cover-for')} value={forUserId} onInput={setFor}>
          {people}
        </SelectField>
        <SelectField label={t('teams.cover-by')} value={byUserId} onInput={setBy}>
          <option value="" />
          {people}
        </SelectField>
        <TextField label={t('teams.cover-from')} type="date" value={from} onInput={setFrom} />
        <TextField label={t('teams.cover-to')} type="date" value={to} onInput={setTo} />
        <Button disabled={!byUserId || byUserId === forUserId || !from || !to || to <= from} onClick={() => void add()}>
          {t('teams.cover-add')}
        </Button>
      </div>
    </section>
  );
}

function Policy({ policy }: { policy: AlertPolicyView }) {
  const t = useText('admin');
  const shell = useText('shell');
  const { toast } = useTell();
  const [everyMiss, setEveryMiss] = useState(policy.everyMiss);
  const [hours, setHours] = useState(String(policy.acknowledgeHours));
  const [digestAt, setDigestAt] = useState(policy.digestAt);
  const save = async () => {
    try {
      await ask(`/api/alerts/teams/${policy.teamId}/policy`, {
        method: 'PUT',
        body: { everyMiss, acknowledgeHours: Number(hours), digestAt },
        version: policy.version,
      });
      subjectChanged(policy.teamId);
      toast(shell('saved'));
    } catch (error) {
      toast(sayProblem(shell, error));
    }
  };
  return (
    <section class="sec">
      <header>
        <h2>{t('teams.policy')}</h2>
        <span class="meta">{t('teams.policy-says', { version: policy.policyVersion })}</span>
      </header>
      <div class="form four">
        <Switch label={t('teams.every-miss')} on={everyMiss} onChange={setEveryMiss} />
        <TextField
          label={t('teams.ack-hours')}
          type="number"
          min={0.5}
          max={24}
          step={0.5}
          value={hours}
          onInput={setHours}
        />
        <TextField label={t('teams.digest-at')} type="time" value={digestAt} onInput={setDigestAt} />
        <Button onClick={() => void save()}>{t('teams.save')}</Button>
      </div>
      <ul class="people">
        {policy.citations.map((one) => (
          <li key={one.rule}>
            <span class="who-name">
              {one.rule} <span class="quiet">{one.source}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function NewTeam({ facilityId, onClose }: { facilityId: string; onClose: () => void }) {
  const t = useText('admin');
  const shell = useText('shell');
  const viewer = useViewer();
  const { toast } = useTell();
  const staff = useRead<StaffList>(
    [viewer.userId, facilityId, 'staff'],
    `/api/organisations/organisations/${facilityId}/staff`,
  );
  const [name, setName] = useState('');
  const [ownerId, setOwner] = useState('');
  const [supervisorId, setSupervisor] = useState('');
  const [error, setError] = useState<string>();
  const people = (staff.data?.staff ?? [])
    .filter((one) => one.state === 'active')
    .map((one) => (
      <option key={one.userId} value={one.userId}>
        {one.name}
      </option>
    ));
  const save = async () => {
    try {
      await post(`/api/organisations/organisations/${facilityId}/teams`, {
        teamId: `team_${crypto.randomUUID()}`,
        name: name.trim(),
        ownerId,
        ...(supervisorId && { supervisorId }),
      });
      subjectChanged(facilityId);
      toast(shell('saved'));
      onClose();
    } catch (problem) {
      setError(sayProblem(shell, problem));
    }
  };
  return (
    <Dialog title={t('teams.new')} closeWord={shell('close')} onClose={onClose}>
      <div class="form">
        <TextField label={t('teams.name')} value={name} onInput={setName} maxLength={120} />
        <SelectField label={t('teams.owner')} value={ownerId} onInput={setOwner}>
          <option value="" />
          {people}
        </SelectField>
        <SelectField label={t('teams.supervisor')} value={supervisorId} onInput={setSupervisor}>
          <option value="" />
          {people}
        </SelectField>
        {error && (
          <p class="err" role="alert">
            {error}
          </p>
        )}
        <Button voice="go" wide disabled={name.trim() === '' || !ownerId} onClick={() => void save()}>
          {t('teams.save')}
        </Button>
      </div>
    </Dialog>
  );
}
