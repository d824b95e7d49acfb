import { beforeEach, describe, expect, it } from 'vitest';
import { alertOf } from '../../functions/alerts/alert-of.ts';
import { routes } from '../../functions/alerts/api.ts';
import { alertRoutes } from '../../functions/alerts/contract.ts';
import { whoWasTold } from '../../functions/alerts/who-was-told.ts';
import { NotSent } from '../../functions/notifications/post.ts';
import { closeSlot } from '../../functions/treatment/close-slot.ts';
import type { TestTools } from '../support/tools.ts';
import { aWitness } from '../treatment/given.ts';
import { aPost, deliverAll, evaluatePatient, givenPatient, givenTeam, settingTools } from './given.ts';

const now = '2026-11-30T04:10:00.000Z';
const patientId = 'pat_1';
let tools: TestTools;

/** A dose of a loading week was not opened: a red alert. */
beforeEach(async () => {
  tools = await settingTools(now);
  await givenTeam(tools);
  await givenPatient(tools, { plan: { templateId: 'bpalm', start: '2026-11-29', weightKg: 54 } });
  const witness = aWitness('CC-4471', tools.now());
  await closeSlot(tools, { patientId, localDate: '2026-11-29', slot: 'day', witness });
  tools.sent.length = 0;
  await evaluatePatient(tools, patientId);
});

const told = async () => {
  const alert = await alertOf(tools, patientId);
  const { tellings } = await whoWasTold(tools, { patientId, alertId: alert?.alertId ?? '' });
  return Object.fromEntries(tellings.map(({ to, deliveries }) => [to, deliveries]));
};

describe('who was told of an alert', () => {
  it('says of staff and of the team’s topic on which channel and when it was sent; nothing before', async () => {
    expect(await told()).toEqual({ usr_nurse: [], team_1: [] });
    await deliverAll(tools, aPost());
    expect(await told()).toEqual({
      usr_nurse: [{ channel: 'email', state: 'sent', requestedAt: now, sentAt: now }],
      team_1: [{ channel: 'topic', state: 'sent', requestedAt: now, sentAt: now }],
    });
  });

  it('says that it reached nobody', async () => {
    const post = aPost();
    post.fail = () => new NotSent('Rejected', true);
    await deliverAll(tools, post);
    expect((await told()).usr_nurse).toMatchObject([
      { channel: 'email', state: 'dropped' },
      { channel: 'screen', state: 'undelivered' },
    ]);
  });

  it('costs one small query a message, and says nothing of another alert', async () => {
    await deliverAll(tools, aPost());
    tools.units();
    await told();
    expect(tools.units().reads).toBeLessThanOrEqual(6);
    await expect(whoWasTold(tools, { patientId, alertId: 'alr_other' })).rejects.toMatchObject({ reason: 'not-found' });
  });

  it('is for who cares for the patient', () => {
    const route = routes.find(({ method, path }) => `${method} ${path}` === alertRoutes.told);
    expect(route?.access).toEqual({ who: 'patient', need: 'care' });
  });
});
