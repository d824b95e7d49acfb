import { useState } from 'preact/hooks';
import type * as z from 'zod/mini';
import type { HandOverAnswer, TeamsView as TeamsShape } from '../../../functions/organisations/contract.ts';
import { CheckedForm } from '../look/checked-form.tsx';
import { Button } from '../look/controls.tsx';
import { Dialog } from '../look/dialog.tsx';
import { SelectField, TextField } from '../look/fields.tsx';
import { useChecks } from '../look/use-checks.ts';
import { post } from '../shell/api.ts';
import { sayProblem } from '../shell/edges.tsx';
import { subjectChanged, useRead } from '../shell/queries.ts';
import { useViewer } from '../shell/session.ts';
import { useText } from '../text/text.ts';
import { useFacility } from './facility.tsx';

type TeamsView = z.infer<typeof TeamsShape>;

/** Moves all patients of a team, with their open alerts, tasks and boxes, to another one. */
export function HandOver({ teamId }: { teamId: string }) {
  const t = useText('team');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('hand-over')}</Button>
      {open && <HandOverDialog teamId={teamId} onClose={() => setOpen(false)} />}
    </>
  );
}

interface Moved {
  moved: number;
  left: HandOverAnswer['left'];
  /** Where to go on; undefined once all were asked. */
  next: string | undefined;
}

function HandOverDialog({ teamId, onClose }: { teamId: string; onClose: () => void }) {
  const t = useText('team');
  const shell = useText('shell');
  const viewer = useViewer();
  const { rootId, tree } = useFacility();
  const teams = useRead<TeamsView>(
    [viewer.userId, rootId, 'teams'],
    `/api/organisations/organisations/${rootId}/teams`,
  );
  const others = (teams.data?.teams ?? []).filter((one) => one.teamId !== teamId);
  const placeOf = (facilityId: string) =>
    tree.data?.organisations.find((one) => one.organisationId === facilityId)?.name ?? '';
  const [toTeamId, setTo] = useState('');
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const [sum, setSum] = useState<Moved>();
  const { checks, error: wrong } = useChecks({
    to: !toTeamId && t('team-missing'),
    reason: reason.trim().length < 2 && t('reason-missing'),
  });
  const move = async () => {
    setBusy(true);
    setError(undefined);
    let all: Moved = sum ?? { moved: 0, left: [], next: undefined };
    try {
      do {
        const answer = await post<HandOverAnswer>(`/api/organisations/teams/${teamId}/hand-over`, {
          ...{ toTeamId, reason: reason.trim() },
          ...(all.next && { after: all.next }),
        });
        all = { moved: all.moved + answer.moved, left: [...all.left, ...answer.left], next: answer.next };
        setSum(all);
      } while (all.next);
    } catch (problem) {
      setError(sayProblem(shell, problem));
    } finally {
      setBusy(false);
      subjectChanged(teamId);
      subjectChanged(toTeamId);
    }
  };
  const done = sum !== undefined && sum.next === undefined && !busy && !error;
  return (
    <Dialog title={t('hand-over')} closeWord={shell('close')} onClose={onClose}>
      <div class="form">
        {sum && <Outcome sum={sum} done={done} />}
        {done ? (
          <Button voice="go" wide onClick={onClose}>
            {shell('close')}
          </Button>
        ) : (
          <CheckedForm checks={checks} go={t('hand-over')} busy={busy} error={error} onGo={move}>
            <SelectField label={t('hand-over-to')} value={toTeamId} onInput={setTo} disabled={busy} error={wrong('to')}>
              <option value="" />
              {others.map((one) => (
                <option key={one.teamId} value={one.teamId}>
                  {[one.name, placeOf(one.facilityId)].filter(Boolean).join(' · ')}
                </option>
              ))}
            </SelectField>
            {teams.data && others.length === 0 && <p class="meta">{t('hand-over-none')}</p>}
            <TextField
              name="reason"
              label={t('hand-over-reason')}
              value={reason}
              onInput={setReason}
              maxLength={300}
              error={wrong('reason')}
            />
          </CheckedForm>
        )}
      </div>
    </Dialog>
  );
}

function Outcome({ sum, done }: { sum: Moved; done: boolean }) {
  const t = useText('team');
  const whys = ['holds-box', 'not-here'] as const;
  return (
    <div role="status">
      <p>{t(done ? 'handed-over' : 'hand-over-so-far', { count: sum.moved })}</p>
      {whys.map((why) => {
        const count = sum.left.filter((one) => one.why === why).length;
        return count > 0 ? <p key={why}>{t(`left.${why}`, { count })}</p> : null;
      })}
    </div>
  );
}
