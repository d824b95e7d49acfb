import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from '../look/icon.tsx';

/** A line that leads on: icon, words, a second voice, an arrow. */
export function LineText(props: { icon: IconName; says?: string; children: ComponentChildren }) {
  return (
    <>
      <Icon name={props.icon} />
      <span class="grow">
        {props.children}
        {props.says && <small>{props.says}</small>}
      </span>
      <Icon name="right" small />
    </>
  );
}

/** The same as a link to a page. */
export function LineLink(props: { href: string; icon: IconName; says?: string; children: ComponentChildren }) {
  return (
    <a class="line" href={props.href}>
      <LineText icon={props.icon} {...(props.says && { says: props.says })}>
        {props.children}
      </LineText>
    </a>
  );
}
