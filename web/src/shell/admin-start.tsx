import { useEffect } from 'preact/hooks';
import { useLocation } from 'preact-iso';

/** Who only administers starts from what only they can put right. Who cares for patients meets the worklist here first. */
export default function AdminStart() {
  const { route } = useLocation();
  useEffect(() => route('/programme', true), [route]);
  return null;
}
