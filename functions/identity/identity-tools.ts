import type { RequestTools } from '../shared/request.ts';
import type { Post } from './post.ts';
import type { UserPool } from './user-pool.ts';

/** What the actions of sign-in may reach beside the usual: the user pool, and the post for codes and invitations. */
export type IdentityTools = RequestTools & { readonly pool: UserPool; readonly post: Post };
