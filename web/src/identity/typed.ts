/** Whole years of an age as typed, 0 to 120; undefined when it is none. */
export function yearsOf(typed: string): number | undefined {
  const years = Number(typed);
  return typed.trim() !== '' && Number.isInteger(years) && years >= 0 && years <= 120 ? years : undefined;
}

/** Whether it may be an e-mail address; whether it is one, only a letter shows. */
export const isEmail = (typed: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(typed.trim());

/** Whether it is built like a card's number, with or without its hyphens; its check character is checked where cards are known. */
export const isCard = (typed: string): boolean => /^[a-z]{3}-?\d{4,7}-?[0-9a-z]$/i.test(typed.trim());

/** So long is a password at least. */
export const passwordLength = 12;
