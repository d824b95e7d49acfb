import { httpHandler, type Route } from '../shared/http.ts';
import { enrolRoutes } from './enrol-routes.ts';
import { patientRoutes } from './patient-routes.ts';
import { awsPost } from './post.ts';

const means = { post: awsPost() };

/** Patients: enrolment, profile, consents, supporters. Accounts have a function of their own (`accounts-api.ts`). */
export const routes: readonly Route[] = [...enrolRoutes(means), ...patientRoutes(means)];
export const handler = httpHandler(routes);
