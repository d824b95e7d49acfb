/** The country whose numbers people type without a code. */
export const country = '+91';

/** As people read it aloud: +91 94311 80222. Other countries keep their own way. */
export const phoneAloud = (phone: string) => phone.replace(/^(\+91)(\d{5})(\d{5})$/, '$1 $2 $3');

/** A number as people type it, in E.164; undefined when it cannot be one. */
export function phoneOf(typed: string, home = country): string | undefined {
  const bare = typed.replace(/[\s().-]/g, '');
  const whole = bare.startsWith('+') ? bare : `${home}${bare.replace(/^0+/, '')}`;
  return /^\+[1-9]\d{7,14}$/.test(whole) ? whole : undefined;
}
