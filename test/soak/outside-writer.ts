// An editor of another program's config: reads, counts one key up, saves, every 10 to 20 ms, until told to stop.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

export interface OutsideReport {
  /** In nanoseconds of the system's monotonic clock. */
  readonly saves: readonly { readonly readAt: number; readonly savedAt: number }[];
  /** How often the file no longer had what was last saved in place, or by rename. */
  readonly lost: { inPlace: number; byRename: number };
}

const file = process.argv[2]!;
const saves: { readAt: number; savedAt: number }[] = [];
const lost = { inPlace: 0, byRename: 0 };
let running = true;
const now = () => Number(process.hrtime.bigint());

process.once('message', () => {
  running = false;
});
process.send?.('ready');
while (running) {
  await sleep(10 + Math.random() * 10);
  const readAt = now();
  const text = readFileSync(file, 'utf8');
  if (!new RegExp(`^max-retry-interval: ${saves.length}\\b`, 'm').test(text)) {
    if (saves.length % 2 === 1) lost.inPlace += 1;
    else lost.byRename += 1;
  }
  const next = text.replace(/^max-retry-interval: \d+/m, `max-retry-interval: ${saves.length + 1}`);
  if (saves.length % 2 === 0) {
    writeFileSync(file, next);
  } else {
    writeFileSync(`${file}.swp`, next);
    renameSync(`${file}.swp`, file);
  }
  saves.push({ readAt, savedAt: now() });
}
// A long report leaves in parts: disconnecting at once would lose it.
process.send?.({ saves, lost } satisfies OutsideReport, () => process.disconnect?.());
