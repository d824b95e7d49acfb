import { StaffRole } from '../../../../functions/organisations/contract.ts';
import { SelectField } from '../../look/fields.tsx';

interface Person {
  userId: string;
  name: string;
}

/** One person out of a few; `nobody` is offered where nobody is an answer. */
export function PersonField(props: {
  label: string;
  people: readonly Person[];
  value: string;
  onInput: (userId: string) => void;
  nobody?: string;
  error?: string | undefined;
}) {
  return (
    <SelectField label={props.label} value={props.value} onInput={props.onInput} error={props.error}>
      <option value="">{props.nobody ?? ''}</option>
      {props.people.map(({ userId, name }) => (
        <option key={userId} value={userId}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}

/** Whether a person could open the records of a team's patients. */
export const canCare = ({ roles }: { roles: readonly string[] }) =>
  rolesOf(roles).some((role) => role !== 'organisation-admin');

/** The staff roles that we have words for. */
export const rolesOf = (roles: readonly string[]) => StaffRole.options.filter((role) => roles.includes(role));
