// `npm run conformance`: every recorded case of every kit, against the built server.
import { spawnSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import path from 'node:path';

const root = path.dirname(import.meta.dirname);
const kit = (name) => path.join(root, 'test', 'conformance', name);
const server = ['--server', './node_modules/.bin/node out/headless.js --config {config}'];
// A login that nobody finishes is given up after this, not after its five minutes.
const deadline = ['--deadline', '20000', '--env', 'LOGIN_DEADLINE_MS=20000'];

const runs = [
  ['management', kit('run-cases.mjs'), [...server, kit('management.json')]],
  ['logins', kit('oauth/run-oauth.mjs'), [...server, '--jobs', '2', '--slow', ...deadline]],
  ['gateway', kit('gateway/run-gateway.mjs'), [...server, ...globSync(kit('gateway/cases/*.json'))]],
].filter(([, file]) => existsSync(file));

let failed = false;
for (const [name, file, options] of runs) {
  console.log(`== ${name}`);
  const { status } = spawnSync(process.execPath, [file, ...options], { cwd: root, stdio: 'inherit' });
  failed ||= status !== 0;
}
process.exit(failed ? 1 : 0);
