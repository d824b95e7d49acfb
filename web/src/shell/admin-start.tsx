import { useEffect } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { useViewer } from './session.ts';

/** Who administers starts from what only they can put right, who runs the installation from what it is made of. */
export default function AdminStart() {
  const { route } = useLocation();
  const start = useViewer().roles.includes('organisation-admin') ? '/programme' : '/organisation';
  useEffect(() => route(start, true), [route, start]);
  return null;
}
