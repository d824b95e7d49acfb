import { TextField } from '../look/fields.tsx';

/** Where the code on a box is typed, as it stands there: in capitals, and neither completed nor corrected by the phone. */
export function BoxCodeField(props: {
  name: string;
  label: string;
  hint?: string;
  value: string;
  onInput: (typed: string) => void;
  error: string | undefined;
}) {
  return <TextField {...props} autoCapitalize="characters" autocomplete="off" spellcheck={false} />;
}
