import { useState } from 'preact/hooks';
import type { BoxSecret, BulkRegisterAnswer } from '../../../../functions/devices/contract.ts';
import { CheckedForm } from '../../look/checked-form.tsx';
import { Dialog } from '../../look/dialog.tsx';
import { ErrorLine, TextArea } from '../../look/fields.tsx';
import { Technical } from '../../look/technical.tsx';
import { useChecks } from '../../look/use-checks.ts';
import { post } from '../../shell/api.ts';
import { sayProblem } from '../../shell/edges.tsx';
import { subjectChanged } from '../../shell/queries.ts';
import { useText } from '../../text/text.ts';
import { inPieces } from './pieces.ts';
import { Secrets } from './secret.tsx';

type Rows = BulkRegisterAnswer['rows'];

/** A delivery of boxes as a list, registered some at a time; one file with all their keys at the end. */
export function RegisterList({ facilityId, onClose }: { facilityId: string; onClose: () => void }) {
  const t = useText('admin');
  const shell = useText('shell');
  const [csv, setCsv] = useState('');
  const [rows, setRows] = useState<Rows>([]);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const run = async () => {
    setBusy(true);
    setError(undefined);
    const done: Rows = [];
    try {
      for (const { csv: piece, firstLine } of inPieces(csv)) {
        const path = `/api/devices/organisations/${facilityId}/boxes/bulk`;
        const answer = await post<BulkRegisterAnswer>(path, { csv: piece });
        done.push(...answer.rows.map((row) => ({ ...row, line: row.line + firstLine })));
        setRows([...done]);
      }
    } catch (problem) {
      setError(sayProblem(shell, problem));
    }
    subjectChanged(facilityId);
    setBusy(false);
  };
  const secrets = rows.flatMap(({ secret }): BoxSecret[] => (secret ? [secret] : []));
  const refused = rows.filter(({ outcome }) => outcome !== 'registered');
  const { checks, error: wrong } = useChecks({ csv: inPieces(csv).length === 0 && t('box-store.csv-missing') });
  return (
    <Dialog title={t('box-store.list')} closeWord={shell('close')} onClose={onClose}>
      {rows.length === 0 ? (
        <CheckedForm checks={checks} go={t('box-store.list')} busy={busy} error={error} onGo={run}>
          <TextArea
            label={t('box-store.csv')}
            hint="serial,model,uploadIntervalHours"
            value={csv}
            onInput={setCsv}
            rows={8}
            error={wrong('csv')}
          />
        </CheckedForm>
      ) : (
        <div class="form">
          <p role="status">{t('box-store.list-done', { count: secrets.length })}</p>
          {refused.length > 0 && <Refused rows={refused} />}
          <ErrorLine says={error} />
          {secrets.length > 0 && !busy && <Secrets secrets={secrets} name="boxes" />}
        </div>
      )}
    </Dialog>
  );
}

function Refused({ rows }: { rows: Rows }) {
  const t = useText('admin');
  return (
    <ul class="people">
      {rows.map(({ line, serial, outcome, detail }) => (
        <li key={line}>
          <div class="who-name">
            {line}: <b class="strong">{serial}</b> ·{' '}
            {t(outcome === 'known' ? 'box-store.list-known' : 'box-store.list-invalid')}
            <Technical says={detail} />
          </div>
        </li>
      ))}
    </ul>
  );
}
