// `npm run screenshots [-- NAME...]`: pictures of every view of the window into resources/screenshots.
// NAME is the beginning of a picture's name; without one all are made.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { launchBrowser, openWindow, type TestWindow, type WindowOptions } from '../test/ui/support/browser.ts';
import { fillSample, sampleSetup } from '../test/ui/support/sample-world.ts';
import { startServer, type TestServer } from '../test/ui/support/server.ts';
import { type View, views, visit } from '../test/ui/support/views.ts';

const folder = path.resolve(import.meta.dirname, '../resources/screenshots');
const wanted = process.argv.slice(2);

interface Picture extends WindowOptions {
  readonly name: string;
  readonly server: TestServer;
  readonly view: View;
}

/** Pages stand on their own; everything else lies over one. */
const isPage = ({ open, path }: View) => open === undefined && !/^(accounts\/|files\/)/.test(path);
/** Pages that can be without content, and what they show then. */
const emptyPages = [
  ['home', '.steps'],
  ['accounts', '.card-head'],
  ...['files', 'providers', 'keys', 'usage'].map((name) => [name, '.state'] as const),
] as const;
const themes = ['light', 'dark'] as const;
/** Pages that are laid out in another way where there is less or more room. */
const otherSizes: readonly { readonly width: number; readonly height: number; readonly names: readonly string[] }[] = [
  { width: 900, height: 600, names: ['home', 'accounts'] },
  { width: 590, height: 760, names: ['home', 'accounts', 'keys', 'requests'] },
  { width: 1600, height: 1000, names: ['home'] },
];

/** Another installation on the sample's computer, to be taken over. */
function addInstallation({ folder }: TestServer): void {
  // It is looked for in the home directory of this process.
  process.env.HOME = folder;
  const place = path.join(folder, 'cliproxyapi');
  mkdirSync(place);
  const config = ['port: 8317', 'auth-dir: ~/.cli-proxy-api', 'debug: true', 'ws-auth: true', 'ampcode: {}', ''];
  writeFileSync(path.join(place, 'config.yaml'), config.join('\n'));
  const accounts = path.join(folder, '.cli-proxy-api');
  mkdirSync(accounts);
  for (const type of ['claude', 'codex', 'kiro']) {
    writeFileSync(
      path.join(accounts, `${type}-old@example.com.json`),
      JSON.stringify({ type, email: 'old@example.com', access_token: 't', refresh_token: 't' }),
    );
  }
}

function picturesOf(full: TestServer, empty: TestServer): readonly Picture[] {
  const pages = views.filter(isPage);
  const nothing = emptyPages.map(([name, ready]): View => ({ name: `${name}-empty`, path: name, ready }));
  return [
    ...themes.flatMap((theme) => [
      ...views
        .filter((view) => theme === 'light' || isPage(view) || view.name === 'login-running')
        .map((view) => ({ name: `${view.name}-${theme}`, server: full, view, theme })),
      ...nothing.map((view) => ({ name: `${view.name}-${theme}`, server: empty, view, theme })),
    ]),
    ...pages.map((view) => ({ name: `${view.name}-zh-cn`, server: full, view, language: 'zh-CN' as const })),
    ...otherSizes.flatMap(({ width, height, names }) =>
      views
        .filter(({ name }) => names.includes(name))
        .map((view) => ({ name: `${view.name}-${width}x${height}`, server: full, view, size: { width, height } })),
    ),
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
addInstallation(full);
for (const { name, server, view, ...look } of picturesOf(full, empty)) {
  if (wanted.length > 0 && !wanted.some((word) => name.startsWith(word))) continue;
  const window = await openWindow(browser, server, { ...look, path: 'help/shortcuts' });
  if (look.language === 'zh-CN') await lendChineseFace(window);
  await visit(window, view);
  await window.page.evaluate(() => document.fonts.ready);
  await window.page.screenshot({ path: path.join(folder, `${name}.png`), animations: 'disabled' });
  const notes = [...window.findings, ...(await cutTexts(window)).map((text) => `cut: ${text}`)];
  console.log([name, ...notes].join('\n  '));
  await window.close();
}
await browser.close();
await Promise.all([full.stop(), empty.stop()]);
