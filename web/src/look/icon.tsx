import type { ComponentChildren } from 'preact';

const paths = {
  sound: <path d="M4 9.5v5h3.6L13 19V5L7.6 9.5zM16.5 9a4.5 4.5 0 0 1 0 6M19 6.3a8.2 8.2 0 0 1 0 11.4" />,
  stop: <rect x="6" y="6" width="12" height="12" rx="2" />,
  food: <path d="M2.5 11.5h19a9.5 8.5 0 0 1-6 8h-7a9.5 8.5 0 0 1-6-8zM9 8c-1-1.5.9-2.5 0-4M14 8c-1-1.5.9-2.5 0-4" />,
  glass: <path d="M6 3.5h12l-1.6 17H7.6zM6.6 10h10.8" />,
  clock: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M12 7v5l3.2 2" />
    </>
  ),
  tick: <path d="m4.5 12.8 5 5L19.5 6.5" />,
  cross: <path d="m6 6 12 12M18 6 6 18" />,
  phone: (
    <path d="M6.5 3h2.6l1.7 4.6-2.2 1.7a12 12 0 0 0 6.1 6.1l1.7-2.2L21 14.9v2.6a3.3 3.3 0 0 1-3.5 3.5C9.9 20.6 3.4 14.1 3 6.5A3.3 3.3 0 0 1 6.5 3z" />
  ),
  home: <path d="M4 11.2 12 4l8 7.2V20h-5.5v-5.5h-5V20H4z" />,
  calendar: (
    <>
      <rect x="3.5" y="5" width="17" height="15.5" rx="3" />
      <path d="M3.5 10h17M8 3v4M16 3v4" />
    </>
  ),
  message: <path d="M4 5h16v11.5H10.5L6 20.5v-4H4z" />,
  user: (
    <>
      <circle cx="12" cy="8" r="4" />
      <path d="M4.5 20.5c.7-4 3.7-6 7.5-6s6.8 2 7.5 6" />
    </>
  ),
  users: (
    <>
      <circle cx="9" cy="8.5" r="3.5" />
      <path d="M2.5 20c.6-3.6 3.1-5.4 6.5-5.4s5.9 1.8 6.5 5.4M15.5 5.3a3.5 3.5 0 0 1 0 6.4M18 14.9c2 .7 3.2 2.4 3.5 5.1" />
    </>
  ),
  left: <path d="M14.5 5.5 8 12l6.5 6.5" />,
  right: <path d="M9.5 5.5 16 12l-6.5 6.5" />,
  find: (
    <>
      <circle cx="11" cy="11" r="6.5" />
      <path d="m16 16 4.5 4.5" />
    </>
  ),
  list: (
    <>
      <path d="M8.5 6H20M8.5 12H20M8.5 18H20" />
      <circle cx="4.5" cy="6" r=".8" />
      <circle cx="4.5" cy="12" r=".8" />
      <circle cx="4.5" cy="18" r=".8" />
    </>
  ),
  plus: <path d="M12 5v14M5 12h14" />,
  more: (
    <>
      <circle cx="5" cy="12" r="1.3" fill="currentColor" />
      <circle cx="12" cy="12" r="1.3" fill="currentColor" />
      <circle cx="19" cy="12" r="1.3" fill="currentColor" />
    </>
  ),
  note: <path d="M5 4h14v11l-5 5H5zM14 20v-5h5" />,
  out: <path d="M10 3.5H6.5a3 3 0 0 0-3 3v11a3 3 0 0 0 3 3H10M9.5 12H21m-4.5-4.5L21 12l-4.5 4.5" />,
  pin: (
    <>
      <path d="M12 21.5c-4.5-4.6-7-8-7-11.3a7 7 0 0 1 14 0c0 3.3-2.5 6.7-7 11.3z" />
      <circle cx="12" cy="10" r="2.3" />
    </>
  ),
  undo: <path d="M8.5 5 4 9.5 8.5 14M4 9.5h10a5.5 5.5 0 0 1 0 11h-3" />,
  offline: (
    <>
      <path d="M3 8.500a14 14 0 0 1 5-3M21 8.500A14 14 0 0 0 12 5M6.5 12.5A8 8 0 0 1 10 10.4M17.5 12.5a8 8 0 0 0-2-1.5M4 4l16 16" />
      <circle cx="12" cy="17.5" r="1.4" fill="currentColor" />
    </>
  ),
  refresh: <path d="M19.5 12a7.5 7.5 0 1 1-2.2-5.300L19.5 9M19.5 4v5h-5" />,
  bell: <path d="M6 16.500V11a6 6 0 0 1 12 0v5.500l1.5 2h-15zM10 21h4" />,
  eye: (
    <>
      <path d="M2.5 12c2-4 5.4-6.5 9.5-6.500s7.5 2.5 9.5 6.500c-2 4-5.4 6.5-9.5 6.500S4.5 16 2.5 12z" />
      <circle cx="12" cy="12" r="3" />
    </>
  ),
  lock: (
    <>
      <rect x="5" y="10.5" width="14" height="10" rx="2.5" />
      <path d="M8 10.500V8a4 4 0 0 1 8 0v2.5" />
    </>
  ),
  language: (
    <path d="M3.5 6h9M8 3.500V6M11 6c-.8 4-3.4 7-7 8.500M5.5 9c1.4 2.6 3.4 4.3 6 5.300M12.5 20.500l4-10 4 10M14 17h5" />
  ),
  box: <path d="M3.5 10h17v8.500a2 2 0 0 1-2 2h-13a2 2 0 0 1-2-2zM3.5 10l1-5h15l1 5M9.2 10v10.500M14.8 10v10.5" />,
  pills: (
    <>
      <rect x="3" y="8" width="18" height="8" rx="4" />
      <path d="M12 8v8" />
    </>
  ),
  device: (
    <>
      <rect x="6.5" y="2.5" width="11" height="19" rx="2.5" />
      <path d="M11 18.500h2" />
    </>
  ),
  download: <path d="M12 4v11m-4.5-4.500L12 15l4.5-4.500M4.5 19.500h15" />,
  print: <path d="M7 8V3.500h10V8M7 17H4V9.500A1.5 1.5 0 0 1 5.5 8h13A1.5 1.5 0 0 1 20 9.500V17h-3M7 14h10v6.500H7z" />,
} satisfies Record<string, ComponentChildren>;

export type IconName = keyof typeof paths;

/** A 24 px line icon. Always decoration: the word stands beside it or on the control. */
export function Icon({ name, small }: { name: IconName; small?: boolean }) {
  return (
    <svg class={small ? 'i s' : 'i'} viewBox="0 0 24 24" aria-hidden="true">
      {paths[name]}
    </svg>
  );
}

/** The mark: a pill box with its lid lifting, and the neutral name. */
export function Mark({ children }: { children?: ComponentChildren }) {
  return (
    <span class="mark">
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path
          d="M5.5 11H8v11H5.5A3.5 3.5 0 0 1 2 18.5V12.5A1.5 1.5 0 0 1 3.5 11zM9.6 11h4.800v11H9.600zM16 11h4.500a1.5 1.5 0 0 1 1.5 1.500v6a3.5 3.5 0 0 1-3.5 3.500H16z"
          fill="currentColor"
        />
        <path d="M3.2 7.3 19.8 2.2" stroke="currentColor" stroke-width="3.2" stroke-linecap="round" />
      </svg>
      <span>{children ?? 'CareConnect'}</span>
    </span>
  );
}
