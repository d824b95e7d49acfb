import { audit } from '../shared/audit.ts';
import { Nothing, noContent, type Route, reply, route } from '../shared/http.ts';
import { readAccount } from './account-store.ts';
import { ChangePasswordInput, Me, MeInput, OpenInvitationInput, PinInput, SessionsView } from './contract.ts';
import { clearedCookies } from './cookies.ts';
import type { IdentityTools } from './identity-tools.ts';
import { acceptInvitation } from './join.ts';
import { changeMe, changePassword, me, revokeSession, sessionsOf, setPin } from './me.ts';
import { event } from './sign-in.ts';
import { signOutEverywhere } from './sign-out-everywhere.ts';

const mine = { who: 'signed-in' } as const;
const base = '/api/identity/me';

/** A person's own account. */
export function accountRoutes({ pool }: Pick<IdentityTools, 'pool'>): Route[] {
  return [
    route({
      method: 'GET',
      path: base,
      summary: 'See own account',
      access: mine,
      answer: Me,
      act: async (tools) => {
        const view = await me(tools);
        return reply(view, { version: view.version });
      },
    }),
    route({
      method: 'PATCH',
      path: base,
      summary: 'Change own account',
      access: mine,
      body: MeInput,
      answer: Me,
      ifMatch: 'required',
      act: async (tools, { body, version }) => {
        const view = await changeMe(tools, body, version);
        return reply(view, { version: view.version });
      },
    }),
    route({
      method: 'PUT',
      path: `${base}/pin`,
      summary: 'Set shift PIN',
      access: mine,
      sensitive: true,
      body: PinInput,
      answer: Nothing,
      act: async (tools, { body }) => {
        await setPin({ ...tools, pool }, body);
        return noContent;
      },
    }),
    route({
      method: 'PUT',
      path: `${base}/password`,
      summary: 'Change own password',
      access: mine,
      sensitive: true,
      body: ChangePasswordInput,
      answer: Nothing,
      act: async (tools, { body }) => {
        await changePassword({ ...tools, pool }, body);
        return noContent;
      },
    }),
    route({
      method: 'GET',
      path: `${base}/sessions`,
      summary: 'List own sessions',
      access: mine,
      answer: SessionsView,
      act: async (tools) => ({ sessions: await sessionsOf(tools) }),
    }),
    route({
      method: 'DELETE',
      path: `${base}/sessions/{sessionId}`,
      summary: 'End an own session',
      access: mine,
      answer: Nothing,
      act: async (tools, { path }) => {
        await revokeSession(tools, path.sessionId ?? '');
        return noContent;
      },
    }),
    route({
      method: 'POST',
      path: `${base}/sign-out-everywhere`,
      summary: 'Sign out everywhere',
      access: mine,
      answer: Nothing,
      act: async (tools) => {
        const { userId } = tools.actor;
        const account = await readAccount(tools, userId);
        if (account) await signOutEverywhere(tools, pool, userId, account.username);
        await audit(tools, event(tools.actor, 'sign out everywhere'));
        return reply(undefined, { status: 204, cookies: clearedCookies });
      },
    }),
    route({
      method: 'POST',
      path: `${base}/invitations`,
      summary: 'Accept an invitation to support',
      access: mine,
      body: OpenInvitationInput,
      answer: Nothing,
      act: async (tools, { body }) => {
        await acceptInvitation(tools, body.token);
        return noContent;
      },
    }),
  ];
}
