// Runs in a worker thread: making a key of a passphrase takes a second and 256 MB by design.
import { parentPort } from 'node:worker_threads';
import { armor, Decrypter, Encrypter } from 'age-encryption';

export interface BackupTask {
  readonly kind: 'encrypt' | 'decrypt';
  readonly text: string;
  readonly passphrase: string;
}

/** `undefined`: no file of age, damaged, or the passphrase is wrong. */
export type BackupResult = string | undefined;

async function run({ kind, text, passphrase }: BackupTask): Promise<BackupResult> {
  if (kind === 'encrypt') {
    const encrypter = new Encrypter();
    encrypter.setPassphrase(passphrase);
    return armor.encode(await encrypter.encrypt(text));
  }
  try {
    const decrypter = new Decrypter();
    decrypter.addPassphrase(passphrase);
    return await decrypter.decrypt(armor.decode(text), 'text');
  } catch {
    return undefined;
  }
}

parentPort?.on('message', async (task: BackupTask) => {
  parentPort?.postMessage(await run(task));
});
