import type { AuditLine, AuditView } from '../../../functions/audit/contract.ts';
import { Button } from '../look/controls.tsx';
import { Empty } from '../look/states.tsx';
import { Technical } from '../look/technical.tsx';
import { FileState, useFile } from '../reports/use-file.tsx';
import { get } from '../shell/api.ts';
import { usePage } from '../shell/page.ts';
import { Pages, usePages } from '../shell/pages.tsx';
import { useViewer } from '../shell/session.ts';
import { useDates } from '../text/dates.ts';
import { useText } from '../text/text.ts';
import { type Look, looksOf } from './looks.ts';
import { aboutWhat, refusalsCsv, roleOf, whyRefused } from './refusal-words.ts';
import { whatWasDone } from './what-was-done.ts';

/** Who was turned away from what, newest first: for who answers for an organisation. */
export default function RefusalsScreen() {
  const t = useText('oversight');
  const viewer = useViewer();
  usePage(t('refusals.title'));
  const organisationId = viewer.organisationIds[0] ?? 'none';
  const path = `/api/audit/organisations/${organisationId}/refusals`;
  const read = usePages<AuditView>([viewer.userId, organisationId, 'refusals'], path);
  const { file, save } = useRefusalsFile(path);
  return (
    <main id="main" tabIndex={-1} class="sheet-page">
      <div class="h-row">
        <h1>{t('refusals.title')}</h1>
        <div class="end">
          <Button busy={file.going !== undefined} onClick={() => void save()}>
            {t('refusals.export')}
          </Button>
        </div>
      </div>
      <FileState of={file} />
      <Pages of={read} more={t('refusals.earlier')}>
        {(pages) => <Lines lines={pages.flatMap((page) => page.lines)} whole={!read.hasNextPage} />}
      </Pages>
    </main>
  );
}

function Lines({ lines, whole }: { lines: readonly AuditLine[]; whole: boolean }) {
  const t = useText('oversight');
  const { zone } = useViewer();
  if (lines.length === 0 && whole) return <Empty title={t('refusals.none')} says={t('refusals.none-says')} />;
  if (lines.length === 0) return <p class="none">{t('refusals.none-yet')}</p>;
  return (
    <>
      <p class="meta">{t('refusals.lead')}</p>
      <ul class="people">
        {looksOf(lines, zone).map((look) => (
          <Line key={look.last.id} look={look} zone={zone} />
        ))}
      </ul>
    </>
  );
}

function Line({ look: { last: line, times }, zone }: { look: Look; zone: string }) {
  const t = useText('oversight');
  const dates = useDates();
  const role = roleOf(line, t);
  const about = aboutWhat(line, t);
  return (
    <li>
      <div class="who-name">
        <b class="strong">{line.actorName ?? t('refusals.somebody')}</b>
        {role && <span class="meta"> {role}</span>}
        <p>
          {t(whatWasDone(line.action))}
          {about && ` · ${about}`}
        </p>
        <p class="meta">{whyRefused(line, t)}</p>
        <Technical says={[line.action, line.subjectId].filter(Boolean).join(' · ')} />
      </div>
      <span class="meta">
        <time dateTime={line.at}>{dates.stamp(line.at, zone)}</time>
        {times > 1 && ` · ${t('refusals.times', { count: times })}`}
      </span>
    </li>
  );
}

/** All of them as a file, a page after the other. */
function useRefusalsFile(path: string) {
  const t = useText('oversight');
  const dates = useDates();
  const { zone } = useViewer();
  const file = useFile();
  const save = () =>
    file.make(async (signal, onGoing) => {
      const lines: AuditLine[] = [];
      let next: string | undefined;
      do {
        const page = await get<AuditView>(next ? `${path}?cursor=${encodeURIComponent(next)}` : path, signal);
        lines.push(...page.lines);
        onGoing(lines.length, lines.length);
        next = page.next;
      } while (next);
      const name = `refusals-${dates.localDate(new Date().toISOString(), zone)}.csv`;
      return {
        name,
        csv: refusalsCsv(lines, t, dates, zone),
        says: t('refusals.saved', { count: lines.length, name }),
      };
    });
  return { file, save };
}
