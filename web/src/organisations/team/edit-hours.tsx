import { useState } from 'preact/hooks';
import type { TeamView, WorkingHours } from '../../../../functions/organisations/contract.ts';
import { Button } from '../../look/controls.tsx';
import { Dialog } from '../../look/dialog.tsx';
import { ErrorLine, TextField } from '../../look/fields.tsx';
import { ask } from '../../shell/api.ts';
import { useSave } from '../../shell/save.ts';
import { useDates } from '../../text/dates.ts';
import { useText } from '../../text/text.ts';
import { likeFirstDay, moreHours } from './hours.ts';
import { PersonField } from './person-field.tsx';

type Holidays = TeamView['calendar']['holidays'];

/** Hours of each weekday, days off, and who is called outside of them. */
export function EditHours({ team, onClose }: { team: TeamView; onClose: () => void }) {
  const t = useText('team');
  const shell = useText('shell');
  const { calendar } = team;
  const [hours, setHours] = useState(calendar.hours);
  const [holidays, setHolidays] = useState(calendar.holidays);
  const [onCall, setOnCall] = useState(calendar.onCall[0] ?? '');
  const { busy, error, save } = useSave([team.teamId], onClose);
  const backwards = hours.some(({ from, to }) => to <= from);
  const ready = !backwards && holidays.every(({ on }) => on !== '');
  const body = { calendar: { zone: calendar.zone, hours, holidays, onCall: onCall ? [onCall] : [] } };
  return (
    <Dialog title={t('hours-change')} closeWord={shell('close')} onClose={onClose} wide>
      <div class="form">
        <Week hours={hours} onChange={setHours} />
        <DaysOff holidays={holidays} onChange={setHolidays} />
        <PersonField
          label={t('on-call')}
          nobody={t('nobody')}
          people={team.members}
          value={onCall}
          onInput={setOnCall}
        />
        <ErrorLine says={backwards ? t('hours-backwards') : error} />
        <Button
          voice="go"
          wide
          busy={busy}
          disabled={!ready}
          onClick={() =>
            void save(() =>
              ask(`/api/organisations/teams/${team.teamId}`, { method: 'PATCH', body, version: team.version }),
            )
          }
        >
          {shell('save')}
        </Button>
      </div>
    </Dialog>
  );
}

function Week({ hours, onChange }: { hours: WorkingHours[]; onChange: (hours: WorkingHours[]) => void }) {
  const t = useText('team');
  const names = useDates().weekdays('monday');
  const put = (one: WorkingHours, change: Partial<WorkingHours>) =>
    onChange(hours.map((each) => (each === one ? { ...each, ...change } : each)));
  return (
    <>
      {names.map(({ long }, at) => (
        <fieldset key={long} class="hours-day" aria-label={long}>
          <b class="strong" aria-hidden="true">
            {long}
          </b>
          <div>
            {hours
              .filter(({ weekday }) => weekday === at + 1)
              .map((one) => (
                <div class="hours-row" key={hours.indexOf(one)}>
                  <TextField
                    label={t('hours-from', { day: long })}
                    quietLabel
                    type="time"
                    value={one.from}
                    onInput={(from) => put(one, { from })}
                  />
                  <TextField
                    label={t('hours-to', { day: long })}
                    quietLabel
                    type="time"
                    value={one.to}
                    onInput={(to) => put(one, { to })}
                  />
                  <Button
                    class="sq"
                    aria-label={t('hours-remove', { day: long, from: one.from })}
                    onClick={() => onChange(hours.filter((each) => each !== one))}
                  >
                    ×
                  </Button>
                </div>
              ))}
          </div>
          <Button
            class="sq"
            aria-label={t('hours-add', { day: long })}
            onClick={() => onChange(moreHours(hours, at + 1))}
          >
            +
          </Button>
        </fieldset>
      ))}
      <Button onClick={() => onChange(likeFirstDay(hours))}>{t('hours-same')}</Button>
    </>
  );
}

function DaysOff({ holidays, onChange }: { holidays: Holidays; onChange: (holidays: Holidays) => void }) {
  const t = useText('team');
  const put = (at: number, change: Partial<Holidays[number]>) =>
    onChange(holidays.map((each, index) => (index === at ? { ...each, ...change } : each)));
  return (
    <fieldset class="plan-part">
      <legend class="strong">{t('days-off')}</legend>
      {holidays.map((holiday, at) => (
        // A day has no date before it is chosen; its place is what stays.
        <div class="plan-row" key={at}>
          <TextField label={t('day-off')} type="date" value={holiday.on} onInput={(on) => put(at, { on })} />
          <TextField
            label={t('day-off-name')}
            value={holiday.name}
            maxLength={60}
            onInput={(name) => put(at, { name })}
          />
          <Button
            class="sq"
            aria-label={t('day-off-remove', { name: holiday.name || holiday.on })}
            onClick={() => onChange(holidays.filter((each) => each !== holiday))}
          >
            ×
          </Button>
        </div>
      ))}
      <Button icon="plus" onClick={() => onChange([...holidays, { on: '', name: '' }])}>
        {t('day-off-add')}
      </Button>
    </fieldset>
  );
}
