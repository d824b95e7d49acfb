import { cognitoUserPool } from '../identity/cognito.ts';
import { awsPost } from '../identity/post.ts';
import { httpHandler, type Route } from '../shared/http.ts';
import { teamRoutes } from './team-routes.ts';
import { snsTopics } from './topics.ts';
import { treeRoutes } from './tree-routes.ts';

const means = { pool: cognitoUserPool(), post: awsPost(), topics: snsTopics() };

export const routes: readonly Route[] = [...treeRoutes(means), ...teamRoutes()];
export const handler = httpHandler(routes);
