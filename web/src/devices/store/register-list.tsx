import { useState } from 'preact/hooks';
import type { BoxSecret, BulkRegisterAnswer } from '../../../../functions/devices/contract.ts';
import { Button } from '../../look/controls.tsx';
import { Dialog } from '../../look/dialog.tsx';
import { ErrorLine, TextArea } from '../../look/fields.tsx';
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
  return (
    <Dialog title={t('box-store.list')} closeWord={shell('close')} onClose={onClose}>
      <div class="form">
        {rows.length === 0 && (
          <TextArea
            label={t('box-store.csv')}
            hint="serial,model,uploadIntervalHours"
            value={csv}
            onInput={setCsv}
            rows={8}
          />
        )}
        {rows.length > 0 && <p role="status">{t('box-store.list-done', { count: secrets.length })}</p>}
        {refused.length > 0 && (
          <ul class="people">
            {refused.map(({ line, serial, outcome, detail }) => (
              <li key={line}>
                {line}: {serial} ·{' '}
                {detail ?? t(outcome === 'known' ? 'box-store.list-known' : 'box-store.list-invalid')}
              </li>
            ))}
          </ul>
        )}
        <ErrorLine says={error} />
        {secrets.length > 0 && !busy && <Secrets secrets={secrets} name="boxes" />}
        {rows.length === 0 && (
          <Button voice="go" wide busy={busy} disabled={inPieces(csv).length === 0} onClick={() => void run()}>
            {t('box-store.list')}
          </Button>
        )}
      </div>
    </Dialog>
  );
}
