import { httpHandler } from '../shared/http.ts';
import { adminRoutes } from './api-admin.ts';
import { careRoutes } from './api-care.ts';
import { quarantineRoutes } from './api-quarantine.ts';

export const routes = [...careRoutes, ...adminRoutes, ...quarantineRoutes];
export const handler = httpHandler(routes);
