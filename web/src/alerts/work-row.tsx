import { taskAnswers, type WorkRow } from '../../../functions/alerts/contract.ts';
import { Button } from '../look/controls.tsx';
import { CallLink, Row } from '../look/worklist.tsx';
import { useDates } from '../text/dates.ts';
import { useLanguage, useText } from '../text/text.ts';
import { useWork, workOf } from './do-work.ts';
import { deadlineOf, leadOf, rowWhy, signOf } from './row-words.ts';

/** One alert or task of the worklist: why, whose, until when, and the one thing to do. */
export function WorkLine(props: {
  row: WorkRow;
  teamId: string;
  zone: string;
  asOf: number;
  selected: boolean;
  short?: boolean;
}) {
  const { row } = props;
  const t = useText('work');
  const lang = useLanguage();
  const dates = useDates();
  const work = useWork();
  const sign = signOf(row);
  const lead = leadOf(row, t);
  const why = rowWhy(row, t, lang, dates);
  const owner = ownerText(row, t);
  const quick = quickAnswer(row);
  const to = workOf(row, props.teamId);
  return (
    <Row
      {...('glyph' in sign ? { glyph: { name: sign.glyph, label: lead ?? why } } : { icon: sign.icon })}
      name={row.patient.name}
      code={row.patient.code}
      href={`/patients/${row.patient.patientId}`}
      lead={lead}
      why={why}
      owner={<Owner row={row} />}
      ownerText={owner}
      by={deadlineOf(row, props.asOf, props.zone, dates, t)}
      selected={props.selected}
      {...(props.short && { short: true })}
    >
      {row.kind === 'alert' && row.state === 'triggered' && (
        <Button
          class={props.selected ? 'only-desk' : 'only-selected'}
          data-act="acknowledge"
          onClick={() => void work.acknowledge(to)}
        >
          {t('work.on-it')}
        </Button>
      )}
      {quick && (
        <Button class="lblonly" data-act="answer" onClick={() => void work.answer(to, { answer: quick })}>
          <span class="lbl">{t(`answer.${quick}`)}</span>
        </Button>
      )}
      {row.patient.phone && !quick && (
        <CallLink
          phone={row.patient.phone}
          label={t('work.call-name', { name: row.patient.name })}
          word={t('work.call')}
          filled={props.selected}
        />
      )}
    </Row>
  );
}

/** A task whose usual answer is one tap: back with the box, visited. Everything else starts with a call. */
function quickAnswer(row: WorkRow) {
  if (row.taskKind === 'back-with-box') return 'yes-back' as const;
  if (row.taskKind === 'box-return') return 'box-here' as const;
  if (row.reason.key === 'promised' && row.reason.params.what === 'visit') return 'visited' as const;
  return row.taskKind !== undefined && row.patient.phone === undefined ? taskAnswers[row.taskKind][0] : undefined;
}

function Owner({ row }: { row: WorkRow }) {
  const t = useText('work');
  const { owner } = row;
  if (owner.before) {
    return (
      <>
        {owner.before.name}, <b>{row.mine ? t('owner.now-you') : t('owner.now', { name: owner.name })}</b>
      </>
    );
  }
  return (
    <>
      {row.mine ? <b>{t('owner.you')}</b> : owner.name}
      {owner.coverFor && t('owner.for', { name: owner.coverFor.name })}
    </>
  );
}

function ownerText(row: WorkRow, t: ReturnType<typeof useText<'work'>>): string {
  const name = row.mine ? t('owner.you') : row.owner.name;
  return row.owner.coverFor ? `${name}${t('owner.for', { name: row.owner.coverFor.name })}` : name;
}
