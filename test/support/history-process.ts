// A history of requests in a process of its own, which never stops to write: forked by tests that kill it.
// Says `end <id> <ms>` of each request that ended, and `kept <count>` once so many are in the file.

import { RequestEvents } from '../../src-main/ledger/request-events.ts';
import { RequestHistory } from '../../src-main/ledger/request-history.ts';
import { createLogger } from '../../src-main/lib/logger.ts';
import { systemClock } from '../../src-main/lib/time/clock.ts';
import { SqliteStorage } from '../../src-main/storage/sqlite-storage.ts';
import { storedRequest } from '../storage/stored-request.ts';

const everyMs = 2;
const log = createLogger((level, _, message) => process.stderr.write(`${level} ${message}\n`), 'history');
const storage = new SqliteStorage({ file: process.argv[2] ?? '', clock: systemClock, log });
const history = new RequestHistory({
  ledger: storage.ledger,
  clock: systemClock,
  log,
  events: new RequestEvents(systemClock, () => {}),
  settings: () => ({ enabled: true, days: 90, maxMb: 256 }),
});

let kept = 0;
setInterval(() => {
  const request = storedRequest(Date.now());
  history.finished(request);
  let said = `end ${request.record.id} ${Date.now()}\n`;
  if (history.counts.written > kept) {
    kept = history.counts.written;
    said += `kept ${kept}\n`;
  }
  process.stdout.write(said);
}, everyMs);
