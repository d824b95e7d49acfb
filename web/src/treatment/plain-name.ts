/** Names of diseases, their programmes and the clinics that treat nothing else, as they stand on signboards. */
const telling =
  /tubercul|\b(x?dr-?)?tb\b|\bdots?\b|\bntep\b|\brntcp\b|\bhiv\b|\baids\b|\bart (centre|center|clinic)\b|\bchest\b|sanatorium|टी\.? ?बी|क्षय|तपेदिक|एच\.?आई\.?वी|छाती/i;

/** The name of a facility where a passer-by may read it; undefined when it says what its patients have. */
export const plainName = (facility: string): string | undefined => (telling.test(facility) ? undefined : facility);
