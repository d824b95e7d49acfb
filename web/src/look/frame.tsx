import type { ComponentChildren } from 'preact';
import { Icon, type IconName, Mark } from './icon.tsx';

export interface TabItem {
  href: string;
  icon: IconName;
  label: string;
  current: boolean;
  /** A number of new things; spoken with the label. */
  news?: number;
}

/** The four places of a person's app, at the thumb. */
export function Tabs({ label, items, class: extra }: { label: string; items: readonly TabItem[]; class?: string }) {
  return (
    <nav class={`tabs ${extra ?? ''}`} aria-label={label}>
      {items.map((item) => (
        <a key={item.href} href={item.href} aria-current={item.current ? 'page' : undefined}>
          <span class="tab-icon">
            <Icon name={item.icon} />
            {item.news ? <b class="news">{item.news}</b> : null}
          </span>
          {item.label}
        </a>
      ))}
    </nav>
  );
}

/** One phone column: head, what is now, and the foot that stays at the thumb. */
export function Phone(props: {
  title?: ComponentChildren;
  action?: ComponentChildren;
  strip?: ComponentChildren;
  foot?: ComponentChildren;
  children: ComponentChildren;
}) {
  return (
    <div class="phone">
      <header class="p-head">
        <Mark>{props.title}</Mark>
        {props.action && <div class="p-act">{props.action}</div>}
      </header>
      {props.strip}
      <main id="main" class="p-main" tabIndex={-1}>
        {props.children}
      </main>
      {props.foot && <footer class="p-foot">{props.foot}</footer>}
    </div>
  );
}

/** The line that says what is kept here and that it goes out once. */
export function Strip({ icon = 'offline', children }: { icon?: IconName; children: ComponentChildren }) {
  return (
    <div class="strip" role="status">
      <Icon name={icon} small />
      <span>{children}</span>
    </div>
  );
}

export interface StaffLink {
  href: string;
  label: string;
  current: boolean;
}

/** The bar over every staff screen. `live` is undefined until the first connection. */
export function StaffBar(props: {
  label: string;
  links: readonly StaffLink[];
  clock: string;
  live: { on: boolean; word: string } | undefined;
  me: { name: string; href: string; label: string };
  find?: { href: string; label: string } | undefined;
}) {
  const initials = props.me.name
    .split(/\s+/)
    .map((part) => part[0] ?? '')
    .join('')
    .slice(0, 2);
  return (
    <header class="bar">
      <a class="bar-home" href="/" aria-label="CareConnect">
        <Mark />
      </a>
      <nav aria-label={props.label}>
        {props.links.map((link) => (
          <a key={link.href} href={link.href} aria-current={link.current ? 'page' : undefined}>
            {link.label}
          </a>
        ))}
      </nav>
      <div class="end">
        {props.find && (
          <a class="btn text sq only-phone" href={props.find.href} aria-label={props.find.label}>
            <Icon name="find" />
          </a>
        )}
        <span class="nb">{props.clock}</span>
        {props.live && (
          <span class={props.live.on ? 'live' : 'live off'} role="status">
            {props.live.word}
          </span>
        )}
        <a class="me" href={props.me.href}>
          <i aria-hidden="true">{initials}</i>
          <span aria-hidden="true">{props.me.name}</span>
          <b class="vh">{props.me.label}</b>
        </a>
      </div>
    </header>
  );
}
