import { httpHandler } from '../shared/http.ts';
import { planRoutes } from './plan-routes.ts';
import { readRoutes } from './read-routes.ts';
import { recordRoutes } from './record-routes.ts';

/** Everything under `/api/treatment`: what is read, what people record, what is prescribed. */
export const routes = [...readRoutes, ...recordRoutes, ...planRoutes];
export const handler = httpHandler(routes);
