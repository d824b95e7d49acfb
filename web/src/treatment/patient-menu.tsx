import { useRef } from 'preact/hooks';
import type { StopReason } from '../../../functions/treatment/contract.ts';
import { Button } from '../look/controls.tsx';
import { Icon } from '../look/icon.tsx';
import { useText } from '../text/text.ts';
import type { Sheet } from './patient-actions.tsx';

interface Item {
  key: string;
  word: string;
  run: () => void;
}

/** What else staff can do with one patient: what changes the treatment, what was sent, then what leaves the app on paper or as a file. */
export function PatientMenu(props: {
  stopped: StopReason | undefined;
  onAct: (act: Sheet) => void;
  onDoses: () => void;
}) {
  const t = useText('work');
  const files = useText('files');
  const menu = useRef<HTMLDetailsElement>(null);
  const items: Item[] = [
    ...actsOf(props.stopped).map((act) => ({
      key: act,
      word: t(`page.${act === 'dose' ? 'evidence' : act}`),
      run: () => props.onAct(act),
    })),
    { key: 'sent', word: t('sent.title'), run: () => props.onAct('sent') },
    { key: 'print', word: t('page.print'), run: () => print() },
    { key: 'doses', word: files('doses'), run: props.onDoses },
    ...(props.stopped === 'died' ? [] : [{ key: 'card', word: files('card'), run: () => props.onAct('card') }]),
  ];
  const choose = (run: () => void) => {
    menu.current?.removeAttribute('open');
    run();
  };
  return (
    <details class="menu" ref={menu}>
      <summary class="btn sq" aria-label={t('page.more')}>
        <Icon name="more" />
      </summary>
      <ul>
        {items.map(({ key, word, run }) => (
          <li key={key}>
            <Button voice="text" onClick={() => choose(run)}>
              {word}
            </Button>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** What still makes sense: a record that a death has closed is only read; after another end a doctor may prescribe again. */
function actsOf(stopped: StopReason | undefined) {
  if (stopped === undefined) return ['dose', 'refill', 'plan', 'stop'] as const;
  return stopped === 'died' ? ([] as const) : (['plan'] as const);
}
