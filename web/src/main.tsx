import { render } from 'preact';
import './look/tokens.css';
import './look/base.css';
import './look/controls.css';
import './look/states.css';
import { App } from './shell/app.tsx';
import { startServiceWorker } from './shell/install.ts';
import { watchNetwork } from './shell/network.ts';
import { startSession } from './shell/session.ts';
import { applyTheme } from './shell/theme.ts';
import { chooseLanguage, language, loadWords } from './text/text.ts';

applyTheme();
watchNetwork();
// A new release has replaced the chunk this page would load next: start it again, once.
addEventListener('vite:preloadError', (event) => {
  const last = Number(sessionStorage.getItem('careconnect.reloaded') ?? 0);
  if (!navigator.onLine || Date.now() - last < 60_000) return;
  event.preventDefault();
  sessionStorage.setItem('careconnect.reloaded', String(Date.now()));
  location.reload();
});

const session = startSession();
await loadWords('shell');
await chooseLanguage(language.get(), false);
const root = document.getElementById('app');
if (root) render(<App />, root);
void session.then(startServiceWorker);
