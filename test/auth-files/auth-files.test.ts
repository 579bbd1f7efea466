import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { AuthFiles, type AuthFilesChange } from '../../src-main/auth-files/auth-files.ts';
import { createLogger } from '../../src-main/lib/logger.ts';
import type { Actor } from '../../src-shared/operation.ts';
import { cpuMs } from '../support/cpu-time.ts';
import { tempFolder } from '../support/temp-folder.ts';

const actor: Actor = { kind: 'window' };
const account = '{"type":"claude","email":"a@example.com"}';

async function openIn(folder: string) {
  const logged: string[] = [];
  const files = await AuthFiles.open({
    directory: folder,
    log: createLogger((level, _source, message) => logged.push(`${level}: ${message}`), 'auth-files.ts'),
  });
  onTestFinished(() => files.close());
  return { files, logged };
}

async function openWith(contents: Readonly<Record<string, string>> = {}) {
  const folder = path.join(tempFolder(), 'auth');
  mkdirSync(folder);
  for (const [name, text] of Object.entries(contents)) writeFileSync(path.join(folder, name), text);
  return { folder, ...(await openIn(folder)) };
}

/** The next change for which `wanted` holds. */
function changeOf(files: AuthFiles, wanted: (change: AuthFilesChange) => boolean = () => true) {
  return new Promise<AuthFilesChange>((resolve) => {
    const stop = files.onChange((change) => {
      if (!wanted(change)) return;
      stop();
      resolve(change);
    });
  });
}

const names = (files: AuthFiles) => files.all.map((file) => file.name);

test('lists .json files of the folder itself in byte order, invalid ones too', async () => {
  const { files, folder } = await openWith({
    'z.json': account,
    'B.JSON': '{"type":"qwen","email":"b@example.com","access',
    'é.json': '[]',
    'notes.txt': account,
    '.oauth-codex-1.oauth': '{}',
  });
  mkdirSync(path.join(folder, 'sub.json'));
  writeFileSync(path.join(folder, 'sub.json', 'c.json'), account);
  await files.refresh();
  expect(files.all.map(({ name, size, type, email, content }) => ({ name, size, type, email, content }))).toEqual([
    { name: 'B.JSON', size: 46, type: 'qwen', email: 'b@example.com', content: undefined },
    { name: 'z.json', size: account.length, type: 'claude', email: 'a@example.com', content: JSON.parse(account) },
    { name: 'é.json', size: 2, type: '', email: '', content: undefined },
  ]);
});

test('a missing folder is created for the owner only', async () => {
  const folder = path.join(tempFolder(), 'new', 'auth');
  await openIn(folder);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});

test('a file is saved byte for byte, readable by the owner only, and known at once', async () => {
  const { files, folder } = await openWith();
  const change = changeOf(files);
  const content = ' { "b" : 1,\n "a" : "ü" }\n\n';
  await files.save('n.json', content, actor);
  expect(readFileSync(path.join(folder, 'n.json'), 'utf8')).toBe(content);
  expect(statSync(path.join(folder, 'n.json')).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['n.json']);
  expect(await change).toEqual({ files: files.all, actor });
  expect((await files.read('n.json')).content).toEqual({ b: 1, a: 'ü' });
});

test.each([
  ['', 'the file is empty'],
  ['[]', 'a JSON object is needed, this is an array'],
  ['null', 'a JSON object is needed, this is null'],
  ['7', 'a JSON object is needed, this is a number'],
  ['{"access_token":"secret-1"', 'this is not JSON text at line 1, column 27'],
  ['{"access_token":\n"secret-1" x', 'this is not JSON text at line 2, column 12'],
  ['{"access_token":', 'the JSON text ends too early'],
  ['secret-1', 'this is not JSON text'],
])('%j is refused without a trace and without being quoted', async (content, what) => {
  const { files, folder } = await openWith({ 'old.json': account });
  for (const name of ['new.json', 'old.json']) {
    const saved = files.save(name, content, actor);
    await expect(saved).rejects.toMatchObject({ code: 'invalid_auth_file', message: `invalid auth file: ${what}` });
  }
  expect(readdirSync(folder)).toEqual(['old.json']);
  expect(readFileSync(path.join(folder, 'old.json'), 'utf8')).toBe(account);
});

test.each([
  '',
  '.',
  '..',
  '../x.json',
  'a/b.json',
  '/etc/x.json',
  'a\\b.json',
  'a\0.json',
  '\0.json',
  'a\n.json',
  'a\x7f.json',
  'CON',
  'nul.json',
  'Com1.json',
  'lpt9.a.json',
  'a.json.',
  'a.json ',
  `${'a'.repeat(251)}.json`,
  `${'é'.repeat(126)}.json`,
  '\ud800.json',
])('the name %j is refused for writing', async (name) => {
  const { files, folder } = await openWith();
  await expect(files.save(name, account, actor)).rejects.toMatchObject({ code: 'invalid_name' });
  expect(readdirSync(folder)).toEqual([]);
});

test('a file with a byte order mark is saved byte for byte and read without it', async () => {
  const { files, folder } = await openWith();
  await files.save('a.json', `\ufeff${account}`, actor);
  expect(readFileSync(path.join(folder, 'a.json'), 'utf8')).toBe(`\ufeff${account}`);
  expect(files.all[0]).toMatchObject({ type: 'claude', email: 'a@example.com' });
});

test('the longest name a file may have can be used', async () => {
  const { files } = await openWith();
  const name = `${'é'.repeat(125)}.json`;
  await files.save(name, account, actor);
  await files.update(name, (content) => ({ ...content, disabled: true }), actor);
  expect(names(files)).toEqual([name]);
  await files.remove(name, actor);
});

test('names that lead elsewhere can be neither read nor deleted', async () => {
  const { files, folder } = await openWith({ 'keep.json': account, 'a.txt': 'x' });
  writeFileSync(path.join(folder, '..', 'x.json'), account);
  const wrong = {
    '': 'invalid_name',
    '../x.json': 'invalid_name',
    '\0.json': 'invalid_name',
    '.': 'name_not_json',
    '..': 'name_not_json',
    'a.txt': 'name_not_json',
    'zz.json': 'file_not_found',
    [`${'a'.repeat(300)}.json`]: 'file_not_found',
  };
  for (const [name, code] of Object.entries(wrong)) {
    await expect(files.read(name)).rejects.toMatchObject({ code });
    await expect(files.remove(name, actor)).rejects.toMatchObject({ code });
    if (code !== 'file_not_found') await expect(files.update(name, (c) => c, actor)).rejects.toMatchObject({ code });
  }
  expect(readdirSync(folder)).toEqual(['a.txt', 'keep.json']);
  expect(existsSync(path.join(folder, '..', 'x.json'))).toBe(true);
});

test('links out of the folder are not followed; deleting one removes the link', async () => {
  const { files, folder } = await openWith({ 'real.json': account });
  const outside = path.join(folder, '..', 'outside.json');
  writeFileSync(outside, '{"type":"secret"}');
  for (const name of ['out.json', 'over.json']) symlinkSync(outside, path.join(folder, name));
  symlinkSync('loop.json', path.join(folder, 'loop.json'));
  symlinkSync('real.json', path.join(folder, 'in.json'));
  await files.refresh();
  expect(names(files)).toEqual(['in.json', 'real.json']);
  await expect(files.read('out.json')).rejects.toMatchObject({ code: 'file_not_found' });
  expect(await files.update('out.json', (content) => ({ ...content, a: 1 }), actor)).toBe(false);
  await files.save('over.json', account, actor);
  await files.remove('out.json', actor);
  expect(readFileSync(outside, 'utf8')).toBe('{"type":"secret"}');
  expect(names(files)).toEqual(['in.json', 'over.json', 'real.json']);
});

test('folders and pipes that end in .json are no account files', async () => {
  const { files, folder } = await openWith();
  mkdirSync(path.join(folder, 'd.json'));
  await expect(files.read('d.json')).rejects.toMatchObject({ code: 'file_not_found' });
  await expect(files.save('d.json', account, actor)).rejects.toMatchObject({ code: 'file_write_failed' });
  expect(await files.removeAll(actor)).toBe(0);
  expect(readdirSync(folder)).toEqual(['d.json']);
});

test('an update starts from the disk, keeps unknown fields and the form of the text', async () => {
  const { files, folder } = await openWith({ 'a.json': '{}' });
  writeFileSync(path.join(folder, 'a.json'), '{\n\t"type": "qwen",\n\t"mine": [1]\n}\n');
  expect(await files.update('a.json', (content) => ({ ...content, disabled: true }), actor)).toBe(true);
  expect(readFileSync(path.join(folder, 'a.json'), 'utf8')).toBe(
    '{\n\t"type": "qwen",\n\t"mine": [\n\t\t1\n\t],\n\t"disabled": true\n}\n',
  );
});

test('an update keeps ids that are too large for a number, and drops a byte order mark', async () => {
  const { files } = await openWith({
    'a.json': '\ufeff{"id":12345678901234567890,"n":[1.5,{"id":90071992547409931}]}',
  });
  await files.update('a.json', (content) => ({ ...content, disabled: true }), actor);
  expect((await files.read('a.json')).text).toBe(
    '{"id":12345678901234567890,"n":[1.5,{"id":90071992547409931}],"disabled":true}',
  );
});

test('updates of one file do not overtake each other', async () => {
  const { files } = await openWith({ 'a.json': '{"n":0}' });
  const add = () => files.update('a.json', (content) => ({ n: (content.n as number) + 1 }), actor);
  await Promise.all(Array.from({ length: 50 }, add));
  expect((await files.read('a.json')).content).toEqual({ n: 50 });
});

test('an update takes in what another program wrote meanwhile', async () => {
  const { files, folder } = await openWith({ 'a.json': '{"n":0}' });
  let calls = 0;
  await files.update(
    'a.json',
    (content) => {
      calls += 1;
      if (calls === 1) writeFileSync(path.join(folder, 'a.json'), '{"n":0,"theirs":true}');
      return { ...content, ours: true };
    },
    actor,
  );
  expect((await files.read('a.json')).content).toEqual({ n: 0, theirs: true, ours: true });
  expect(calls).toBe(2);
});

test('a file deleted during an update is not made again', async () => {
  const { files, folder } = await openWith({ 'a.json': '{}' });
  const update = files.update(
    'a.json',
    () => {
      rmSync(path.join(folder, 'a.json'));
      return { n: 1 };
    },
    actor,
  );
  expect(await update).toBe(false);
  expect(await files.update('a.json', () => ({ n: 1 }), actor)).toBe(false);
  expect(readdirSync(folder)).toEqual([]);
});

test('an update of an invalid file says so', async () => {
  const { files } = await openWith({ 'a.json': '{' });
  await expect(files.update('a.json', (c) => c, actor)).rejects.toMatchObject({ code: 'invalid_auth_file' });
});

test('deleting all leaves other files and folders', async () => {
  const { files, folder } = await openWith({ 'a.json': account, 'B.JSON': 'x', 'notes.txt': 'x' });
  mkdirSync(path.join(folder, 'sub'));
  const change = changeOf(files);
  expect(await files.removeAll(actor)).toBe(2);
  expect(await change).toEqual({ files: [], actor });
  expect(readdirSync(folder)).toEqual(['notes.txt', 'sub']);
});

test('changes by other programs are noticed: new, replaced, rewritten, deleted', async () => {
  const { files, folder } = await openWith({ 'a.json': '{"n":1}' });
  const place = (name: string) => path.join(folder, name);
  const steps: readonly (readonly [() => void, (files: AuthFiles) => boolean])[] = [
    [() => writeFileSync(place('b.json'), account), () => names(files).includes('b.json')],
    [() => writeFileSync(place('a.json'), '{"n":2}'), () => files.all[0]?.text === '{"n":2}'],
    [
      () => {
        writeFileSync(place('a.tmp'), '{"n":3}');
        renameSync(place('a.tmp'), place('a.json'));
      },
      () => files.all[0]?.text === '{"n":3}',
    ],
    [() => rmSync(place('a.json')), () => !names(files).includes('a.json')],
  ];
  for (const [act, seen] of steps) {
    const change = changeOf(files, () => seen(files));
    act();
    expect((await change).actor).toEqual({ kind: 'disk' });
  }
});

test('a folder that was deleted and came back is watched again', async () => {
  const { files, folder } = await openWith({ 'a.json': account });
  const emptied = changeOf(files, () => files.all.length === 0);
  rmSync(folder, { recursive: true });
  await emptied;
  const back = changeOf(files, () => names(files).includes('b.json'));
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'b.json'), account);
  await back;
  const later = changeOf(files, () => names(files).includes('c.json'));
  writeFileSync(path.join(folder, 'c.json'), account);
  await later;
});

test('a folder that was moved away and made again is watched again', async () => {
  const { files, folder } = await openWith({ 'a.json': account });
  const moved = changeOf(files, () => files.all.length === 0);
  renameSync(folder, `${folder}-old`);
  onTestFinished(() => rmSync(`${folder}-old`, { recursive: true, force: true }));
  await moved;
  const back = changeOf(files, () => names(files).join() === 'b.json');
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'b.json'), account);
  await back;
  const later = changeOf(files, () => names(files).includes('c.json'));
  writeFileSync(path.join(folder, 'c.json'), account);
  await later;
});

test('a link to the folder that is switched leads to the accounts of the other folder', async () => {
  const { folder } = await openWith({ 'a.json': account });
  const other = tempFolder();
  writeFileSync(path.join(other, 'b.json'), account);
  const link = path.join(tempFolder(), 'accounts');
  symlinkSync(folder, link);
  const files = await AuthFiles.open({ directory: link, log: createLogger(() => {}, 'auth-files.test.ts') });
  onTestFinished(() => files.close());
  const switched = changeOf(files, () => names(files).join() === 'b.json');
  symlinkSync(other, `${link}-new`);
  renameSync(`${link}-new`, link);
  await switched;
  const later = changeOf(files, () => names(files).includes('c.json'));
  writeFileSync(path.join(other, 'c.json'), account);
  await later;
});

test('saving into a folder that was deleted creates it again', async () => {
  const { files, folder } = await openWith({ 'a.json': account });
  rmSync(folder, { recursive: true });
  await files.save('b.json', account, actor);
  await files.refresh();
  expect(names(files)).toEqual(['b.json']);
});

test('the own write is told once, by its actor', async () => {
  const { files, folder } = await openWith();
  const told: Actor[] = [];
  files.onChange((change) => told.push(change.actor));
  await files.save('a.json', account, actor);
  const outside = changeOf(files, (change) => change.actor.kind === 'disk');
  writeFileSync(path.join(folder, 'z.json'), account);
  await outside;
  expect(told).toEqual([actor, { kind: 'disk' }]);
});

test('another folder is read and watched after a move, the old one no more', async () => {
  const { files, folder } = await openWith({ 'a.json': account });
  const other = path.join(tempFolder(), 'other');
  mkdirSync(other);
  writeFileSync(path.join(other, 'b.json'), account);
  const moved = files.moveTo(other);
  await files.save('own.json', account, actor);
  await files.refresh();
  expect(names(files)).toEqual(['b.json', 'own.json']);
  await moved;
  const change = changeOf(files);
  writeFileSync(path.join(folder, 'old.json'), account);
  writeFileSync(path.join(other, 'c.json'), account);
  await change;
  expect(names(files)).toEqual(['b.json', 'c.json', 'own.json']);
});

test('a folder that cannot be read is said in the log and by a refresh', async () => {
  const file = path.join(tempFolder(), 'file');
  writeFileSync(file, '');
  const { files, logged } = await openIn(file);
  expect(files.all).toEqual([]);
  expect(logged[0]).toMatch(/^error: failed to read auth dir/);
  await expect(files.refresh()).rejects.toMatchObject({
    code: 'file_read_failed',
    message: `failed to read auth dir: open ${file}: not a directory`,
  });
  await expect(files.save('a.json', account, actor)).rejects.toMatchObject({ code: 'file_write_failed' });
});

test('temporary files of a program that was killed are removed at the start', async () => {
  const sameId = `.b.json.${process.pid}-0123abcd.tmp`;
  const { folder } = await openWith({ '.a.json.999999-0123abcd.tmp': '{', [sameId]: '{', '.mine.tmp': 'x' });
  expect(readdirSync(folder)).toEqual(['.mine.tmp']);
});

test('a move takes nothing from the writes that are under way in the new folder', async () => {
  const { files, folder } = await openWith({});
  const other = path.join(tempFolder(), 'other');
  for (let round = 0; round < 20; round += 1) {
    const moved = files.moveTo(round % 2 === 0 ? other : folder);
    const saves = Array.from({ length: 8 }, (_, index) => files.save(`${index}.json`, account, actor));
    await expect(Promise.all(saves)).resolves.toHaveLength(8);
    await moved;
  }
});

test('five thousand files are listed quickly, and again without reading them', async () => {
  const folder = tempFolder();
  for (let index = 0; index < 5_000; index += 1) writeFileSync(path.join(folder, `${index}.json`), account);
  chmodSync(path.join(folder, '7.json'), 0o600);
  const { files } = await openIn(folder);
  const first = files.all;
  expect(first.length).toBe(5_000);
  const times: number[] = [];
  for (let round = 0; round < 4; round += 1) {
    times.push(await cpuMs(() => files.refresh()));
  }
  expect(Math.min(...times)).toBeLessThan(500);
  expect(files.all[0]).toBe(first[0]);
  await files.update('42.json', (content) => ({ ...content, disabled: true }), actor);
  expect(files.all.length).toBe(5_000);
});
