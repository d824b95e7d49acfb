import { useState } from 'preact/hooks';
import type { TeamView, WorkingHours } from '../../../../functions/organisations/contract.ts';
import { CheckedForm } from '../../look/checked-form.tsx';
import { Button } from '../../look/controls.tsx';
import { Dialog } from '../../look/dialog.tsx';
import { ErrorLine, TextField } from '../../look/fields.tsx';
import { Icon } from '../../look/icon.tsx';
import { useChecks } from '../../look/use-checks.ts';
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
  const { checks, error: wrong } = useChecks({
    hours: hours.some(isBackwards) && t('hours-backwards'),
    off: holidays.some(({ on }) => on === '') && t('day-missing'),
  });
  const body = { calendar: { zone: calendar.zone, hours, holidays, onCall: onCall ? [onCall] : [] } };
  const change = () =>
    save(() => ask(`/api/organisations/teams/${team.teamId}`, { method: 'PATCH', body, version: team.version }));
  return (
    <Dialog title={t('hours-change')} closeWord={shell('close')} onClose={onClose} wide>
      <CheckedForm checks={checks} go={shell('save')} busy={busy} error={error} onGo={change}>
        <Week hours={hours} onChange={setHours} wrong={wrong('hours')} />
        <DaysOff holidays={holidays} onChange={setHolidays} wrong={wrong('off')} />
        <PersonField
          label={t('on-call')}
          nobody={t('nobody')}
          people={team.members}
          value={onCall}
          onInput={setOnCall}
        />
      </CheckedForm>
    </Dialog>
  );
}

/** Also when one of the two was emptied. */
const isBackwards = ({ from, to }: WorkingHours) => from === '' || to <= from;

function Week({
  hours,
  onChange,
  wrong,
}: {
  hours: WorkingHours[];
  onChange: (hours: WorkingHours[]) => void;
  wrong: string | undefined;
}) {
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
          <div class="ask">
            {hours
              .filter(({ weekday }) => weekday === at + 1)
              .map((one) => (
                <div class="hours-row" key={hours.indexOf(one)}>
                  <TextField
                    label={t('hours-from', { day: long })}
                    quietLabel
                    type="time"
                    name="hours"
                    value={one.from}
                    onInput={(from) => put(one, { from })}
                  />
                  <TextField
                    label={t('hours-to', { day: long })}
                    quietLabel
                    type="time"
                    name="hours"
                    value={one.to}
                    onInput={(to) => put(one, { to })}
                  />
                  <Button
                    class="sq"
                    aria-label={t('hours-remove', { day: long, from: one.from })}
                    onClick={() => onChange(hours.filter((each) => each !== one))}
                  >
                    <Icon name="cross" small />
                  </Button>
                </div>
              ))}
            <ErrorLine says={hours.some((one) => one.weekday === at + 1 && isBackwards(one)) ? wrong : undefined} />
          </div>
          <Button
            class="sq"
            aria-label={t('hours-add', { day: long })}
            onClick={() => onChange(moreHours(hours, at + 1))}
          >
            <Icon name="plus" small />
          </Button>
        </fieldset>
      ))}
      <Button onClick={() => onChange(likeFirstDay(hours))}>{t('hours-same')}</Button>
    </>
  );
}

function DaysOff({
  holidays,
  onChange,
  wrong,
}: {
  holidays: Holidays;
  onChange: (holidays: Holidays) => void;
  wrong: string | undefined;
}) {
  const t = useText('team');
  const put = (at: number, change: Partial<Holidays[number]>) =>
    onChange(holidays.map((each, index) => (index === at ? { ...each, ...change } : each)));
  return (
    <fieldset class="plan-part">
      <legend class="strong">{t('days-off')}</legend>
      {holidays.map((holiday, at) => (
        // A day has no date before it is chosen; its place is what stays.
        <div class="plan-row" key={at}>
          <TextField
            label={t('day-off')}
            type="date"
            value={holiday.on}
            onInput={(on) => put(at, { on })}
            error={holiday.on === '' ? wrong : undefined}
          />
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
            <Icon name="cross" small />
          </Button>
        </div>
      ))}
      <Button icon="plus" onClick={() => onChange([...holidays, { on: '', name: '' }])}>
        {t('day-off-add')}
      </Button>
    </fieldset>
  );
}
