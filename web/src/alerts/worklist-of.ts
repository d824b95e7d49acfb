/** What reads a team's worklist: where it is kept, where it comes from, and how. Every screen that shows some of it reads it once. */
export const worklistOf = (viewerId: string, teamId: string) =>
  [
    [viewerId, teamId, 'worklist'],
    `/api/alerts/teams/${teamId}/worklist`,
    { keepDays: 0.5, refetchSeconds: 60 },
  ] as const;
