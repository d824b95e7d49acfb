import * as z from 'zod/mini';
import { BoxId } from '../../../functions/devices/contract.ts';

/** The code of a box as people type it: in capitals or not, with spaces around it or not. */
export const boxCode = (typed: string): string => typed.trim().toUpperCase();

/** Whether it is built like the code of a box; whether there is such a box, only the store knows. */
export const isBoxCode = (code: string): boolean => z.safeParse(BoxId, code).success;
