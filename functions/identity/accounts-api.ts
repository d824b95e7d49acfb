import { httpHandler, type Route } from '../shared/http.ts';
import { accountRoutes } from './account-routes.ts';
import { authRoutes } from './auth-routes.ts';
import { cognitoUserPool } from './cognito.ts';
import { awsPost } from './post.ts';

const means = { pool: cognitoUserPool(), post: awsPost() };

/** Signing in and one's own account: the only function that speaks with the user pool about people at the door. */
export const routes: readonly Route[] = [...authRoutes(means), ...accountRoutes(means)];
export const handler = httpHandler(routes);
