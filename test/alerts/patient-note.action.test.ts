import { beforeEach, describe, expect, it } from 'vitest';
import { NoteInput } from '../../functions/alerts/contract.ts';
import { notePatient } from '../../functions/alerts/note-patient.ts';
import { patientAlerts } from '../../functions/alerts/patient-alerts.ts';
import { listeners } from '../../functions/realtime/scope.ts';
import { queuesFor } from '../../functions/shared/fan-out.ts';
import { timeline } from '../../functions/treatment/timeline.ts';
import type { TestTools } from '../support/tools.ts';
import { givenPatient, givenTeam, settingTools } from './given.ts';

const now = '2026-11-30T04:10:00.000Z';
const patientId = 'pat_1';
const text = 'Moved in with her sister.\nRoad is cut off until Friday.';
const note = { patientId, noteId: 'note_1', by: 'usr_nurse', byName: 'Meera Toppo', text };
let tools: TestTools;

beforeEach(async () => {
  tools = await settingTools(now);
  await givenTeam(tools);
  await givenPatient(tools);
});

describe('a note about a patient', () => {
  it('needs no alert, and says who wrote it and when', async () => {
    await notePatient(tools, note);
    tools.advance(60);
    await notePatient(tools, { ...note, noteId: 'note_2', text: 'Called again.' });
    const { current, notes } = await patientAlerts(tools, patientId);
    expect(current).toBeUndefined();
    expect(notes.map((one) => [one.at, one.byName, one.text])).toEqual([
      ['2026-11-30T04:11:00.000Z', 'Meera Toppo', 'Called again.'],
      [now, 'Meera Toppo', text],
    ]);
  });

  it('stands once, as it came first, however often it is sent', async () => {
    await notePatient(tools, note);
    tools.advance(3600);
    expect(await notePatient(tools, { ...note, text: 'Something else' })).toMatchObject({ at: now, text });
    expect((await patientAlerts(tools, patientId)).notes).toHaveLength(1);
  });

  it("is never overwritten by somebody else's with the same id", async () => {
    await notePatient(tools, note);
    await expect(notePatient(tools, { ...note, by: 'usr_worker' })).rejects.toMatchObject({ code: 'note-exists' });
  });

  it('is not in what a patient reads of their treatment, nor do their screens hear of it', async () => {
    await notePatient(tools, note);
    const read = await timeline(tools, patientId, { from: '2026-11-01', to: '2026-12-01' });
    expect(JSON.stringify(read)).not.toContain('Moved in');
    expect(queuesFor('note', 'INSERT')).toEqual(['live']);
    const sees = { medicines: true, diagnosis: true, history: true };
    const card = { path: [], teamId: 'team_1', userId: 'usr_patient', supporters: { usr_sister: sees } };
    const change = { kind: 'note', pk: `PAT#${patientId}`, sk: 'NOTE#note_1', event: 'INSERT', at: now } as const;
    expect(listeners(card, change)).toEqual(['TEAM#team_1']);
  });

  it('has up to a thousand characters on several lines', () => {
    const takes = (typed: string) => NoteInput.safeParse({ noteId: 'note_1', text: typed }).success;
    expect([takes(text), takes('x'.repeat(1000)), takes('x'.repeat(1001)), takes('')]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
