import type { BoxSecret } from '../../../../functions/devices/contract.ts';
import { LinkButton } from '../../look/controls.tsx';
import { useText } from '../../text/text.ts';

/** Certificates with their keys, this once: nobody can ask for a key again. */
export function Secrets({ secrets, name }: { secrets: readonly BoxSecret[]; name: string }) {
  const t = useText('admin');
  const content = JSON.stringify(secrets.length === 1 ? secrets[0] : secrets, null, 2);
  return (
    <>
      <p>{t('box-store.registered')}</p>
      <LinkButton
        voice="go"
        wide
        download={`${name}.json`}
        href={`data:application/json,${encodeURIComponent(content)}`}
      >
        {t('box-store.download')}
      </LinkButton>
    </>
  );
}
