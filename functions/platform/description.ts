import { allRoutes } from './all-routes.ts';
import { openApi } from './openapi.ts';

/** The description of all routes of this version. Bundled like a function, and run when the app is built. */
export const describeRoutes = (version: string) => openApi(allRoutes, version);
