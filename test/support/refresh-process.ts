// A process that refreshes one account over and over, to be killed: node refresh-process.ts FOLDER PROXY NAME
// With `once` for NAME it lists the accounts and says so, refreshes them when told to on stdin, tells how they are, and ends.
import { once } from 'node:events';
import { Accounts } from '../../src-main/accounts/accounts.ts';
import { AuthFiles } from '../../src-main/auth-files/auth-files.ts';
import { AppEvents } from '../../src-main/events/app-events.ts';
import { createLogger } from '../../src-main/lib/logger.ts';
import { Dispatchers } from '../../src-main/net/dispatchers.ts';
import { FakeClock } from './fake-clock.ts';

const [directory = '', proxy = '', name = ''] = process.argv.slice(2);
const log = createLogger(() => {}, 'refresh-process.ts');
const files = await AuthFiles.open({ directory, log });
const clock = new FakeClock(Date.now());
const accounts = new Accounts({
  files,
  dispatchers: new Dispatchers(),
  proxyUrl: () => proxy,
  events: new AppEvents(() => {}),
  clock,
  log,
  clientIds: () => ({}),
});
if (name === 'once') {
  const listed = accounts.list();
  process.stdout.write('listed\n');
  await once(process.stdin, 'data');
  // As a request would that found no access token: whoever comes after another has its token by then.
  const all = listed.map((account) => accounts.refresh(account.name, ''));
  await Promise.allSettled(all);
  process.stdout.write(JSON.stringify(accounts.describe()));
  process.exit();
}
for (let round = 0; ; round += 1) {
  await accounts.refresh(name);
  if (round === 0) process.stdout.write('refreshing\n');
  clock.advance(20_000);
}
