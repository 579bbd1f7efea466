// Makes the pictures of the tray and the application's icon from their drawings: node scripts/tray-icons.mjs
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import bundled from '@sparticuz/chromium';
import { chromium } from 'playwright-core';

const root = path.dirname(import.meta.dirname);
const out = path.join(root, 'resources', 'tray');
const states = ['running', 'stopped', 'attention', 'debug'];

/** Electron takes the larger picture by the factor in its name. */
const windows = [
  { size: 16, grid: 16, zoom: 1, suffix: '' },
  { size: 20, grid: 16, zoom: 1, suffix: '@1.25x' },
  { size: 24, grid: 22, zoom: 1, suffix: '@1.5x' },
  { size: 32, grid: 16, zoom: 2, suffix: '@2x' },
];
const mac = windows.filter(({ suffix }) => suffix === '' || suffix === '@2x');
const linux = [
  { size: 22, grid: 22, zoom: 1, suffix: '' },
  { size: 44, grid: 22, zoom: 2, suffix: '@2x' },
];
const coloured = {
  running: { colour: '#1f93ab', mark: '#1f93ab' },
  stopped: { colour: '#8b8e96', mark: '#8b8e96' },
  attention: { colour: '#1f93ab', mark: '#e0902f' },
  debug: { colour: '#1f93ab', mark: '#c2703d' },
};
const plain = (colour) => () => ({ colour, mark: colour });
const variants = [
  { name: '16-Template', sizes: mac, paint: plain('#000') },
  { name: '16-black', sizes: windows, paint: plain('#000') },
  { name: '16-white', sizes: windows, paint: plain('#fff') },
  { name: '16-colour', sizes: windows, paint: (state) => coloured[state] },
  { name: '22-white', sizes: linux, paint: plain('#fff') },
  { name: '22-colour', sizes: linux, paint: (state) => coloured[state] },
];

const executablePath = process.env.CHROMIUM_PATH || (await bundled.executablePath());
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
const page = await browser.newPage();

async function draw(file, size, content) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(`<style>*{margin:0}html{background:none}</style>${content}`);
  await writeFile(file, await page.screenshot({ omitBackground: true }));
}

const drawing = await readFile(path.join(root, 'resources', 'tray-icon.svg'), 'utf8');
await mkdir(out, { recursive: true });
for (const state of states) {
  for (const { name, sizes, paint } of variants) {
    const { colour, mark } = paint(state);
    for (const { size, grid, zoom, suffix } of sizes) {
      // A grid that does not fill the picture is centred on whole pixels: scaled it would blur.
      const edge = (size - grid * zoom) / 2;
      const place = `position:absolute;left:${edge}px;top:${edge}px;color:${colour};--mark:${mark}`;
      const length = grid * zoom;
      const picture = `<svg style="${place}" width="${length}" height="${length}"><use href="#${state}-${grid}" width="${length}" height="${length}"/></svg>`;
      const symbols = `<div style="position:absolute;width:0;height:0;overflow:hidden">${drawing}</div>`;
      await draw(path.join(out, `${state}-${name}${suffix}.png`), size, symbols + picture);
    }
  }
}
const icon = await readFile(path.join(root, 'src-renderer', 'icon.svg'), 'utf8');
await draw(path.join(root, 'resources', 'icon.png'), 1024, icon.replace('<svg', '<svg width="1024" height="1024"'));
await browser.close();
