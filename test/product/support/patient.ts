import * as z from 'zod/mini';
import { PatientAlertsView, WorklistView } from '../../../functions/alerts/contract.ts';
import { BoxSecret } from '../../../functions/devices/contract.ts';
import { EnrolmentView, PatientProfile } from '../../../functions/identity/contract.ts';
import { DayView } from '../../../functions/treatment/contract.ts';
import { Box, type BoxPapers } from './box.ts';
import type { Clinic } from './clinic.ts';
import { local } from './local.ts';

let people = 0;
const Days = z.object({ days: z.array(DayView) });

export interface Enrolment {
  readonly name?: string;
  readonly templateId?: 'bpalm' | '2hrze-4hr' | 'daily-tablet';
  /** First day of treatment, a local date; today when absent. */
  readonly start?: string;
  readonly phone?: string;
  readonly withoutBox?: true;
  readonly uploadIntervalHours?: number;
}

/** One patient of a clinic with their box, both made through the API. */
export class Patient {
  readonly clinic: Clinic;
  readonly patientId: string;
  readonly code: string;
  readonly papers: BoxPapers | undefined;
  #boot = { bootId: `b${people}`, seq: 0, at: 0 };

  private constructor(clinic: Clinic, patientId: string, code: string, papers: BoxPapers | undefined) {
    this.clinic = clinic;
    this.patientId = patientId;
    this.code = code;
    this.papers = papers;
  }

  /** At the bedside in one sitting: name, consent, plan from a template, box by its code. */
  static async enrol(clinic: Clinic, given: Enrolment = {}): Promise<Patient> {
    const number = ++people;
    const papers = given.withoutBox ? undefined : await registerBox(clinic, given.uploadIntervalHours ?? 12);
    const start = given.start ?? (await today());
    const body = {
      who: {
        name: given.name ?? `Patient ${number}`,
        age: { kind: 'years', years: 40 },
        sex: 'female',
        language: 'en',
      },
      consent: {
        ...{
          consentId: `con-${Date.now().toString(36)}-${number}`,
          way: 'on-screen',
          textVersion: '1',
          language: 'en',
        },
        purposes: ['treatment', 'box', 'messages', 'supporter'],
      },
      plan: { templateId: given.templateId ?? 'bpalm', start, weightKg: 52 },
      reach: given.phone === undefined ? { use: 'none' } : { use: 'own', phone: given.phone },
      ...(papers && { box: { boxId: papers.boxId } }),
    };
    const enrolmentId = `enrol-${Date.now().toString(36)}-${number}`;
    const path = `/api/identity/teams/${clinic.teamId}/enrolments/${enrolmentId}`;
    const made = await clinic.nurse.does('PUT', path, body, EnrolmentView);
    if (made.problems.length > 0) throw new Error(JSON.stringify(made.problems));
    return new Patient(clinic, made.patientId ?? '', made.code ?? '', papers);
  }

  /** The telemetry of the box as it would make it now; numbers count up within its one boot. */
  async event(kind: string, more: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
    const now = Date.parse((await local.clock()).now);
    if (this.#boot.at === 0) this.#boot.at = now - 60_000;
    return {
      ...{ v: 1, bootId: this.#boot.bootId, seq: this.#boot.seq++, kind, deviceTime: new Date(now).toISOString() },
      ...{ uptimeMs: now - this.#boot.at, batteryMillivolts: 3_900, signalDbm: -70, uploadIntervalHours: 12, ...more },
    };
  }

  /** Connects, sends each message, and waits until all that follows from them is done. */
  async boxSends(...messages: readonly unknown[]): Promise<void> {
    const box = await Box.connect(this.boxPapers);
    for (const message of messages) await box.report(message);
    await box.disconnect();
    await local.idle();
  }

  async opensBox(): Promise<void> {
    await this.boxSends(await this.event('opening', { durationMs: 20_000 }));
  }

  async boxIsAlive(): Promise<void> {
    await this.boxSends(await this.event('heartbeat'));
  }

  get boxPapers(): BoxPapers {
    if (!this.papers) throw new Error('this patient has no box');
    return this.papers;
  }

  /** The status words of a stretch of days, by date. */
  async statuses(from: string, to: string): Promise<Record<string, string | undefined>> {
    const { days } = await this.days(from, to);
    return Object.fromEntries(days.map((day) => [day.localDate, day.status]));
  }

  async days(from: string, to: string) {
    return await this.clinic.nurse.get(`/api/treatment/patients/${this.patientId}/days?from=${from}&to=${to}`, Days);
  }

  async alerts() {
    return await this.clinic.nurse.get(`/api/alerts/patients/${this.patientId}`, PatientAlertsView);
  }

  async profile() {
    return await this.clinic.nurse.get(`/api/identity/patients/${this.patientId}`, PatientProfile);
  }
}

export async function worklist(clinic: Clinic) {
  return await clinic.nurse.get(`/api/alerts/teams/${clinic.teamId}/worklist`, WorklistView);
}

/** The administrator registers a box: its key is shown this once. */
export async function registerBox(clinic: Clinic, uploadIntervalHours = 12): Promise<BoxPapers> {
  const serial = `CT-${(Date.now() % 1e7).toString().padStart(7, '0')}${people}`;
  const path = `/api/devices/organisations/${clinic.facilityId}/boxes`;
  return await clinic.admin.does('POST', path, { serial, model: 'CC-1', uploadIntervalHours }, BoxSecret);
}

/** The dosing date of now at the clinic. */
export async function today(plusDays = 0): Promise<string> {
  const { now } = await local.clock();
  const dosing = new Date(Date.parse(now) + (5.5 - 3 + 24 * plusDays) * 3_600_000);
  return dosing.toISOString().slice(0, 10);
}

/** Goes to a wall-clock time at the clinic, the next one. Ticks between full hours are lost and caught up. */
export async function until(time: string): Promise<void> {
  await local.goTo(time, 'Asia/Kolkata', { ticks: 'hours' });
}

/** Lets a duration pass, in the same way. */
export async function pass(duration: string): Promise<void> {
  await local.advance(duration, { ticks: 'hours' });
}
