// Another program that saves a file: forked by tests, it does one save per message and answers when it is done.
import { copyFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const saves = {
  inPlace: ({ file, text }) => writeFileSync(file, text),
  byRename({ file, text }) {
    writeFileSync(`${file}.swp`, text);
    renameSync(`${file}.swp`, file);
  },
  // What vim does with `backup`: the old file becomes the backup, a new one is written.
  backupDance({ file, text }) {
    renameSync(file, `${file}~`);
    writeFileSync(file, text);
    rmSync(`${file}~`);
  },
  copyDance({ file, text }) {
    copyFileSync(file, `${file}.bak`);
    rmSync(file);
    renameSync(`${file}.bak`, file);
    writeFileSync(file, text);
  },
  remove: ({ file }) => rmSync(file),
  swapLink({ file, text: target }) {
    symlinkSync(target, `${file}.new`);
    renameSync(`${file}.new`, file);
  },
  async halfThenRest({ file, text, pause }) {
    const half = Math.floor(text.length / 2);
    writeFileSync(file, text.slice(0, half));
    await sleep(pause);
    writeFileSync(file, text.slice(half), { flag: 'a' });
  },
};

process.on('message', async (message) => {
  const at = Date.now();
  await saves[message.save](message);
  process.send({ at, tookMs: Date.now() - at });
});
