/** The country whose numbers people type without a code. */
export const country = '+91';

/** A number as people type it, in E.164; undefined when it cannot be one. */
export function phoneOf(typed: string, home = country): string | undefined {
  const bare = typed.replace(/[\s().-]/g, '');
  const whole = bare.startsWith('+') ? bare : `${home}${bare.replace(/^0+/, '')}`;
  return /^\+[1-9]\d{7,14}$/.test(whole) ? whole : undefined;
}
