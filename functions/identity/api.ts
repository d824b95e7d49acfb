import { httpHandler, type Route } from '../shared/http.ts';
import { accountRoutes } from './account-routes.ts';
import { authRoutes } from './auth-routes.ts';
import { cognitoUserPool } from './cognito.ts';
import { enrolRoutes } from './enrol-routes.ts';
import { patientRoutes } from './patient-routes.ts';
import { awsPost } from './post.ts';

const means = { pool: cognitoUserPool(), post: awsPost() };

export const routes: readonly Route[] = [
  ...authRoutes(means),
  ...accountRoutes(means),
  ...enrolRoutes(means),
  ...patientRoutes(means),
];
export const handler = httpHandler(routes);
