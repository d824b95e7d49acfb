import * as z from 'zod/mini';
import { Instant } from '../shared/shapes.ts';

export const HealthView = z.object({
  status: z.literal('ok'),
  /** Hash of the deployed code. */
  version: z.string(),
  at: Instant,
});
export type HealthView = z.infer<typeof HealthView>;

export const platformRoutes = {
  /** → HealthView */
  health: 'GET /api/health',
  /** → OpenAPI 3.1 of every route */
  openApi: 'GET /api/openapi.json',
} as const;
