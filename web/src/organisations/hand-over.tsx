import { useState } from 'preact/hooks';
import type * as z from 'zod/mini';
import type { HandOverAnswer, TeamsView as TeamsShape } from '../../../functions/organisations/contract.ts';
import { Button } from '../look/controls.tsx';
import { Dialog } from '../look/dialog.tsx';
import { SelectField, TextField } from '../look/fields.tsx';
import { useTell } from '../look/toast.tsx';
import { post } from '../shell/api.ts';
import { sayProblem } from '../shell/edges.tsx';
import { subjectChanged } from '../shell/queries.ts';
import { useText } from '../text/text.ts';

/** Moves all patients of a team, with their open alerts and tasks, to another one. */
export function HandOver({ teamId, teams }: { teamId: string; teams: z.infer<typeof TeamsShape>['teams'] }) {
  const t = useText('admin');
  const shell = useText('shell');
  const { toast } = useTell();
  const [open, setOpen] = useState(false);
  const [toTeamId, setTo] = useState('');
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const move = async () => {
    setBusy(true);
    try {
      const answer = await post<HandOverAnswer>(`/api/organisations/teams/${teamId}/hand-over`, {
        toTeamId,
        reason: reason.trim(),
      });
      subjectChanged(teamId);
      subjectChanged(toTeamId);
      toast(t('teams.handed-over', { count: answer.moved }));
      setOpen(false);
    } catch (problem) {
      setError(sayProblem(shell, problem));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('teams.hand-over')}</Button>
      {open && (
        <Dialog title={t('teams.hand-over')} closeWord={shell('close')} onClose={() => setOpen(false)}>
          <div class="form">
            <SelectField label={t('teams.hand-over-to')} value={toTeamId} onInput={setTo}>
              <option value="" />
              {teams
                .filter((one) => one.teamId !== teamId)
                .map((one) => (
                  <option key={one.teamId} value={one.teamId}>
                    {one.name}
                  </option>
                ))}
            </SelectField>
            <TextField label={t('teams.hand-over-reason')} value={reason} onInput={setReason} maxLength={300} />
            {error && (
              <p class="err" role="alert">
                {error}
              </p>
            )}
            <Button
              voice="go"
              wide
              busy={busy}
              disabled={!toTeamId || reason.trim().length < 2}
              onClick={() => void move()}
            >
              {t('teams.hand-over')}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
