// `npm run screenshots [-- NAME...]`: pictures of every place of the window into resources/screenshots.
// NAME is the beginning of a picture's name; without one all are made.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { launchBrowser, openWindow, type TestWindow, type WindowOptions } from '../test/ui/support/browser.ts';
import { fillSample, sampleSetup } from '../test/ui/support/sample-world.ts';
import { startServer, type TestServer } from '../test/ui/support/server.ts';
import { type Place, places, visit } from '../test/ui/support/sheets.ts';

const folder = path.resolve(import.meta.dirname, '../resources/screenshots');
const wanted = process.argv.slice(2);

interface Picture extends WindowOptions {
  readonly name: string;
  readonly server: TestServer;
  readonly place: Place;
}

/** Pages stand on their own; everything else lies over one. */
const isPage = ({ open, path: place }: Place) => open === undefined && !/^(accounts\/|files\/)/.test(place);
/** Pages that can be without content, and what they show then. */
const emptyPages = [
  ['home', '.steps'],
  ['accounts', '.card-head'],
  ...['files', 'providers', 'keys', 'usage', 'logs'].map((name) => [name, '.state'] as const),
] as const;
const themes = ['light', 'dark'] as const;

function picturesOf(full: TestServer, empty: TestServer): readonly Picture[] {
  const pages = places.filter(isPage);
  const nothing = emptyPages.map(([name, ready]): Place => ({ name: `${name}-empty`, path: name, ready }));
  const small = places.filter(({ name }) => name === 'home' || name === 'accounts');
  return [
    ...themes.flatMap((theme) => [
      ...places
        .filter((place) => theme === 'light' || isPage(place) || place.name === 'login-running')
        .map((place) => ({ name: `${place.name}-${theme}`, server: full, place, theme })),
      ...nothing.map((place) => ({ name: `${place.name}-${theme}`, server: empty, place, theme })),
    ]),
    ...pages.map((place) => ({ name: `${place.name}-zh-cn`, server: full, place, language: 'zh-CN' as const })),
    ...small.map((place) => ({
      name: `${place.name}-900x600`,
      server: full,
      place,
      size: { width: 900, height: 600 },
    })),
  ];
}

/** Texts that stand in a box too narrow for them. */
const cutTexts = ({ page }: TestWindow) =>
  page.evaluate(() =>
    [...document.querySelectorAll('.cut, .table td, .second, button')]
      .filter((element) => element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1)
      .map((element) => element.textContent?.slice(0, 60)),
  );

/** A Chinese face, which this machine may lack: served as if it were the server's own, so that the page may use it. */
async function lendChineseFace({ page }: TestWindow): Promise<void> {
  const face = path.resolve(import.meta.dirname, '../node_modules/@fontsource/noto-sans-sc');
  await page.route('**/chinese-face/**', (route) =>
    route.fulfill({ path: path.join(face, new URL(route.request().url()).pathname.replace('/chinese-face/', '')) }),
  );
  await page.evaluate(async () => {
    for (const weight of [400, 500, 600]) {
      const link = document.createElement('link');
      link.rel = 'stylesheet';
      link.href = `/chinese-face/${weight}.css`;
      const loaded = new Promise((resolve) => link.addEventListener('load', resolve));
      document.head.append(link);
      await loaded;
    }
  });
}

mkdirSync(folder, { recursive: true });
// Letters stand where the font wants them, as on a screen of high resolution.
const browser = await launchBrowser(['--font-render-hinting=none']);
// Next to the usual port, which a running proxy may hold: addresses look as they do for people.
const [full, empty] = await Promise.all([startServer('ipc', { ...sampleSetup, port: 8318 }), startServer('ipc')]);
await fillSample(full);
for (const { name, server, place, ...look } of picturesOf(full, empty)) {
  if (wanted.length > 0 && !wanted.some((word) => name.startsWith(word))) continue;
  const window = await openWindow(browser, server, { ...look, path: 'help/shortcuts' });
  if (look.language === 'zh-CN') await lendChineseFace(window);
  await visit(window, place);
  await window.page.evaluate(() => document.fonts.ready);
  await window.page.screenshot({ path: path.join(folder, `${name}.png`), animations: 'disabled' });
  const notes = [...window.findings, ...(await cutTexts(window)).map((text) => `cut: ${text}`)];
  console.log([name, ...notes].join('\n  '));
  await window.close();
}
await browser.close();
await Promise.all([full.stop(), empty.stop()]);
