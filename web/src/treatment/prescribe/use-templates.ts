import type { RegimenTemplate } from '../../../../functions/treatment/contract.ts';
import { useRead } from '../../shell/queries.ts';
import { useViewer } from '../../shell/session.ts';

/** The regimens of the programme. */
export function useTemplates() {
  const viewer = useViewer();
  return useRead<{ templates: RegimenTemplate[] }>([viewer.userId, 'templates'], '/api/treatment/templates');
}
