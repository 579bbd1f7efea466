// Request logs on their way to the disk: each whole and by itself, and no more of them than the disk can take.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { BatchWriter } from '../../src-main/gateway/record/batch-writer.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { tempFolder } from '../support/temp-folder.ts';

function openWriter(): BatchWriter {
  const writer = new BatchWriter(new FakeClock());
  onTestFinished(() => writer.close());
  return writer;
}

test('files that come at once are written each by itself; what one of them meets is its alone', async () => {
  const writer = openWriter();
  const folder = tempFolder();
  writeFileSync(path.join(folder, 'file'), 'no folder');
  const write = (name: string, text: string) => {
    const pieces = [text, Buffer.from('€'), ' and ü'];
    return writer.write(path.join(folder, name), pieces, Buffer.byteLength(pieces.join('')));
  };
  const names = Array.from({ length: 200 }, (_, index) => `new/${index}.log`);
  const writes = names.map((name) => write(name, name));
  const refused = write('file/1.log', 'nowhere');
  const last = write('new/last.log', 'last');
  await expect(refused).rejects.toMatchObject({ code: 'ENOTDIR' });
  await Promise.all([...writes, last]);
  for (const name of names) expect(readFileSync(path.join(folder, name), 'utf8')).toBe(`${name}€ and ü`);
  expect(readFileSync(path.join(folder, 'new/last.log'), 'utf8')).toBe('last€ and ü');
  expect(readdirSync(path.join(folder, 'new'))).toHaveLength(201);
  expect(statSync(path.join(folder, 'new/0.log')).mode & 0o777).toBe(0o600);
});

test('what waits for a slow disk is bounded: more is refused, until it has caught up', async () => {
  const writer = openWriter();
  const folder = tempFolder();
  const megabyte = Buffer.alloc(1024 * 1024, 'x');
  const write = (index: number) => writer.write(path.join(folder, `${index}.log`), [megabyte], megabyte.length);
  const outcomes = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => write(index)));
  expect(outcomes.map(({ status }) => status)).toEqual([
    ...Array.from({ length: 16 }, () => 'fulfilled'),
    ...Array.from({ length: 4 }, () => 'rejected'),
  ]);
  expect(outcomes[16]).toMatchObject({ reason: { message: 'the disk is too slow for so many logs' } });
  await write(20);
  expect(readdirSync(folder)).toHaveLength(17);
});
