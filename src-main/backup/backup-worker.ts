// Runs in a worker thread: making a key of a passphrase takes a second and 256 MB by design.
import { parentPort } from 'node:worker_threads';
import { armor, Decrypter, Encrypter } from 'age-encryption';

export interface BackupTask {
  readonly kind: 'encrypt' | 'decrypt';
  readonly text: string;
  readonly passphrase: string;
}

export type BackupResult =
  | { readonly text: string }
  /** `file`: no file of age, or damaged; `passphrase`: it is for another passphrase. */
  | { readonly rejected: 'file' | 'passphrase' };

/** What the library says of a file that none of the passphrases opens. */
const otherPassphrase = /^no identity matched/;

async function run({ kind, text, passphrase }: BackupTask): Promise<BackupResult> {
  if (kind === 'encrypt') {
    const encrypter = new Encrypter();
    encrypter.setPassphrase(passphrase);
    return { text: armor.encode(await encrypter.encrypt(text)) };
  }
  try {
    const decrypter = new Decrypter();
    decrypter.addPassphrase(passphrase);
    return { text: await decrypter.decrypt(armor.decode(text), 'text') };
  } catch (error) {
    return { rejected: otherPassphrase.test((error as Error).message) ? 'passphrase' : 'file' };
  }
}

parentPort?.on('message', async (task: BackupTask) => {
  parentPort?.postMessage(await run(task));
});
