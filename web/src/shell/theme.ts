import { createStore } from './store.ts';

export type Theme = 'device' | 'light' | 'dark';
const kept = 'careconnect.theme';

const read = (): Theme => {
  const chosen = localStorage.getItem(kept);
  return chosen === 'light' || chosen === 'dark' ? chosen : 'device';
};

export const theme = createStore<Theme>(read());

export function chooseTheme(next: Theme): void {
  if (next === 'device') localStorage.removeItem(kept);
  else localStorage.setItem(kept, next);
  applyTheme(next);
}

export function applyTheme(next = theme.get()): void {
  if (next === 'device') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = next;
  theme.set(next);
}
