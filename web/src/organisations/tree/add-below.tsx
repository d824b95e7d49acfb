import { useState } from 'preact/hooks';
import type { Level, OrganisationView } from '../../../../functions/organisations/contract.ts';
import { CheckedForm } from '../../look/checked-form.tsx';
import { ChoiceField } from '../../look/choice-field.tsx';
import { Dialog } from '../../look/dialog.tsx';
import { SelectField, TextField } from '../../look/fields.tsx';
import { useChecks } from '../../look/use-checks.ts';
import { post } from '../../shell/api.ts';
import { useSave } from '../../shell/save.ts';
import { useViewer } from '../../shell/session.ts';
import { useText } from '../../text/text.ts';

/** What may stand below what; a region may hold regions (state, district). */
const below: Readonly<Record<Level, readonly Level[]>> = {
  country: ['region', 'facility'],
  region: ['region', 'facility'],
  facility: ['department'],
  department: [],
};

/** A region, a facility with its prefix and zone, or a department. */
export function AddBelow(props: { parent: OrganisationView; rootId: string; onClose: () => void }) {
  const { parent } = props;
  const t = useText('team');
  const shell = useText('shell');
  const viewer = useViewer();
  const [organisationId] = useState(() => `org_${crypto.randomUUID()}`);
  const [level, setLevel] = useState(below[parent.level][0]);
  const [name, setName] = useState('');
  const [prefix, setPrefix] = useState('');
  const [zone, setZone] = useState(viewer.zone);
  const [phone, setPhone] = useState('');
  const { busy, error, save } = useSave([props.rootId], props.onClose);
  const facility = level === 'facility';
  const { checks, error: wrong } = useChecks({
    name: !name.trim() && t('name-missing'),
    prefix: facility && !/^[A-Z]{3}$/.test(prefix) && t('prefix-bad'),
  });
  const body = {
    ...{ organisationId, level, name: name.trim() },
    ...(facility && { prefix, zone, ...(phone.trim() && { phone: phone.trim() }) }),
  };
  const add = () => save(() => post(`/api/organisations/organisations/${parent.organisationId}/organisations`, body));
  return (
    <Dialog title={t('below-add-to', { name: parent.name })} closeWord={shell('close')} onClose={props.onClose}>
      <CheckedForm checks={checks} go={shell('save')} busy={busy} error={error} onGo={add}>
        {below[parent.level].length > 1 && (
          <ChoiceField
            label={t('level')}
            choices={below[parent.level].map((value) => ({ value, label: t(`level.${value}`) }))}
            value={level}
            onChange={setLevel}
          />
        )}
        <TextField name="name" label={t('name')} value={name} onInput={setName} maxLength={120} error={wrong('name')} />
        {facility && (
          <>
            <TextField
              name="prefix"
              error={wrong('prefix')}
              label={t('prefix')}
              hint={t('prefix-says')}
              value={prefix}
              onInput={(typed) => setPrefix(typed.toUpperCase())}
              maxLength={3}
              autoCapitalize="characters"
              spellcheck={false}
            />
            <SelectField label={t('zone')} value={zone} onInput={setZone}>
              {Intl.supportedValuesOf('timeZone').map((one) => (
                <option key={one} value={one}>
                  {one}
                </option>
              ))}
            </SelectField>
            <TextField label={t('help-phone')} type="tel" value={phone} onInput={setPhone} maxLength={30} />
          </>
        )}
      </CheckedForm>
    </Dialog>
  );
}
