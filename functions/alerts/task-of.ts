import type { Tools } from '../shared/tools.ts';
import { readTask } from './store.ts';
import type { Task } from './task.ts';

/** One task of a patient. For every context. */
export async function taskOf(
  tools: Pick<Tools, 'db' | 'tableName'>,
  patientId: string,
  taskId: string,
): Promise<Task | undefined> {
  return await readTask(tools, patientId, taskId);
}
