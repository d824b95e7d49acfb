import { AxeBuilder } from '@axe-core/playwright';
import { desk, phone, type Visitor } from './visitor.ts';

/** What axe leaves behind in a page that it has looked at once. */
interface AxeInPage {
  run(
    context: Document | Element,
    options: {
      resultTypes: string[];
      preload: boolean;
      runOnly?: { type: 'rule'; values: string[] };
      rules?: Record<string, { enabled: boolean }>;
    },
  ): Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }>;
}

/** One screen as every person may meet it. `press`: what opens on it, by selectors that hold in every language. */
export interface Screen {
  readonly path: string;
  readonly press?: readonly string[];
}

/** Rules whose answer changes with light and dark, and not with the language; all others have been asked already. */
const byColour = ['color-contrast', 'link-in-text-block'];

/**
 * Looks at each screen in English on a phone and on a desk, for its colours also in the dark, and in Hindi on a phone, where
 * longer words have the least room and colours are the same; answers with every violation.
 * The language needs a fresh start of the app; the rest is changed under the open screen, as a turned phone would.
 */
export async function violations(visitor: Visitor, screens: readonly Screen[]): Promise<string[]> {
  const found: string[] = [];
  for (const language of ['en', 'hi']) {
    await visitor.page.evaluate((chosen) => localStorage.setItem('careconnect.language', chosen), language);
    await visitor.open(screens[0]?.path ?? '/');
    await new AxeBuilder({ page: visitor.page }).setLegacyMode(true).include('title').analyze();
    for (const screen of screens) {
      await show(visitor, screen);
      for (const size of language === 'en' ? [phone, desk] : [phone]) {
        await visitor.page.setViewportSize(size);
        for (const colorScheme of language === 'en' ? (['light', 'dark'] as const) : (['light'] as const)) {
          await visitor.page.emulateMedia({ colorScheme });
          const where = [screen.path, ...(screen.press ?? []), language, size.width, colorScheme].join(' ');
          const colours = colorScheme === 'dark' ? 'only' : language === 'en' ? 'too' : 'not';
          for (const said of await look(visitor, colours)) found.push(`${where}: ${said}`);
        }
      }
    }
  }
  return found;
}

/** By way of another screen, so that nothing opened before is left open. */
async function show(visitor: Visitor, { path, press = [] }: Screen): Promise<void> {
  await visitor.page.setViewportSize(desk);
  if (press.length > 0) await visitor.goTo('/elsewhere');
  await visitor.goTo(path);
  for (const selector of press) await visitor.page.locator(selector).first().click();
  // A screen whose code is still coming is quiet too; its heading tells that it is there.
  await visitor.page.locator('h1').first().waitFor({ state: 'attached' });
  await visitor.settled();
}

async function look(visitor: Visitor, colours: 'too' | 'only' | 'not'): Promise<string[]> {
  return await visitor.page.evaluate(
    async ({ byColour, colours }) => {
      const { axe } = window as unknown as { axe: AxeInPage };
      // What lies under a dialog has been looked at without it.
      const { violations } = await axe.run(document.querySelector('dialog[open]') ?? document, {
        resultTypes: ['violations'],
        preload: false,
        ...(colours === 'only' && { runOnly: { type: 'rule', values: byColour } }),
        ...(colours === 'not' && { rules: Object.fromEntries(byColour.map((rule) => [rule, { enabled: false }])) }),
      });
      return violations.map(({ id, nodes }) => `${id} ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
    },
    { byColour, colours },
  );
}
