import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { Route, Router } from 'preact-iso';
import '../look/sign-in.css';
import { LinkButton } from '../look/controls.tsx';
import { Mark } from '../look/icon.tsx';
import { LanguageSwitch } from '../shell/language-switch.tsx';
import { lazyScreen } from '../shell/lazy-screen.tsx';
import { network } from '../shell/network.ts';
import { outbox } from '../shell/outbox.ts';
import { createStore, useStore } from '../shell/store.ts';
import { useText } from '../text/text.ts';
import SignIn from './sign-in.tsx';

const Register = lazyScreen(() => import('./register.tsx'));
const Forgot = lazyScreen(() => import('./forgot.tsx'));
const Join = lazyScreen(() => import('./join.tsx'));

/** Whom to call for help at the door: written by whoever deploys, in `clinic.json` beside the app. */
interface Clinic {
  name?: string;
  helpPhone?: string;
  helpHours?: string;
}
const clinic = createStore<Clinic>({});

export default function SignedOut() {
  return (
    <Frame>
      <Router>
        <Route path="/register" component={Register} />
        <Route path="/forgot" component={Forgot} />
        <Route path="/join" component={Join} />
        <Route default component={SignIn} />
      </Router>
    </Frame>
  );
}

function Frame({ children }: { children: ComponentChildren }) {
  const t = useText('sign-in');
  const s = useText('shell');
  const { name, helpPhone, helpHours } = useStore(clinic);
  const kept = useStore(outbox).length;
  const { answering } = useStore(network);
  useEffect(() => {
    fetch('/clinic.json')
      .then(async (answer) => clinic.set(answer.ok ? await answer.json() : {}))
      .catch(() => undefined);
  }, []);
  return (
    <div class="si">
      <aside class="si-say">
        <Mark />
        <div class="m28" aria-hidden="true">
          {Array.from({ length: 28 }, (_, at) => (
            <i key={at} class={at === 10 || at === 19 ? 'no' : at === 27 ? 'at' : ''} />
          ))}
        </div>
        <div>
          <h2>{t('promise')}</h2>
          {name && (
            <p>
              {[name, helpPhone && t('help.line', { phone: helpPhone, hours: helpHours ?? '' })]
                .filter(Boolean)
                .join('. ')}
            </p>
          )}
        </div>
      </aside>
      <main id="main" class="si-form" tabIndex={-1}>
        <div class="si-in">
          <div class="si-top">
            <Mark />
            <LanguageSwitch />
          </div>
          {!answering && (
            <p class="strip" role="status">
              {s('problem.offline')}
            </p>
          )}
          {kept > 0 && (
            <p class="strip" role="status">
              {s('signed-out.kept', { count: kept })}
            </p>
          )}
          {children}
          {helpPhone && (
            <LinkButton voice="text" icon="phone" class="grow" href={`tel:${helpPhone.replace(/\s/g, '')}`}>
              {t('help')}
            </LinkButton>
          )}
        </div>
      </main>
      <div class="si-lang">
        <LanguageSwitch />
      </div>
    </div>
  );
}
