import * as z from 'zod/mini';

export const levels = ['country', 'region', 'facility', 'department'] as const;
export const Level = z.enum(levels);
export type Level = z.infer<typeof Level>;
