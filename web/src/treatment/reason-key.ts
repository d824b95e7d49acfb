const reasonKeys = {
  'side-effect': 'cannot.side-effect',
  vomiting: 'cannot.vomiting',
  'no-pills': 'cannot.no-pills',
  'want-to-stop': 'cannot.want-to-stop',
  other: 'cannot.other',
} as const;

/** The words for a reason as it came over the wire; one we do not know is "something else". */
export const reasonKey = (reason: string) =>
  Object.entries(reasonKeys).find(([name]) => name === reason)?.[1] ?? 'cannot.other';
