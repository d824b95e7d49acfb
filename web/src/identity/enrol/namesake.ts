/** The same name to whoever reads it: capitals and spaces do not tell two people apart. */
export const sameName = (one: string, other: string): boolean => plain(one) === plain(other);

/** What to search a caseload for: the search knows one space between words, a name as it was typed may have more. */
export const searchOf = (name: string): string => (name.trim().split(/\s+/)[0] ?? '').slice(0, 60);

const plain = (name: string) => name.normalize('NFC').trim().replace(/\s+/g, ' ').toLocaleLowerCase();
