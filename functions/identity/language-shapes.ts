import * as z from 'zod/mini';

/** The languages in which we speak to people. */
export const Language = z.enum(['en', 'hi']);
export type Language = z.infer<typeof Language>;
