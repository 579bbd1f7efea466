// The files of the local authority and its certificate, in the program's own folder.
import { X509Certificate } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { LocalCertificate } from '../../../src-shared/contract/local-certificate.ts';
import { Problem } from '../../../src-shared/problem.ts';
import { writeAtomically } from '../../lib/files/atomic-file.ts';
import { fileErrorSentence, isAbsent } from '../../lib/files/file-errors.ts';
import type { Clock } from '../../lib/time/clock.ts';
import { isCertificateName, machineNames, makeAuthority, makeCertificate } from './local-certificate.ts';
import type { TlsPair } from './tls-pair.ts';

/** An authority that ends within the life of a new certificate would end it early. Milliseconds. */
const minAuthorityMs = 400 * 86_400_000;

export class LocalCertificates {
  readonly #directory: string;
  readonly #clock: Clock;

  constructor(directory: string, clock: Clock) {
    this.#directory = directory;
    this.#clock = clock;
  }

  /** `undefined` before one was made. Throws Problem `file_read_failed`. */
  async read(): Promise<LocalCertificate | undefined> {
    const [authority, server] = [await this.#readPair('authority'), await this.#readPair('server')];
    return authority && server && this.#describe(authority.cert, server.cert);
  }

  /**
   * A new certificate. Devices that trust the authority need nothing: it stays as long as it is good.
   * Throws Problem `invalid_value` for a name that no certificate can have, `file_write_failed`, `file_read_failed`.
   */
  async create(names: readonly string[]): Promise<LocalCertificate> {
    const wanted = names.map((name) => name.trim());
    const odd = wanted.find((name) => !isCertificateName(name));
    if (odd !== undefined)
      throw new Problem(
        'invalid_value',
        `A certificate cannot be for "${odd.slice(0, 100)}": it is no name or address.`,
      );
    const now = this.#clock.now();
    const before = await this.#readPair('authority');
    const authority = before && this.#isGood(before) ? before : await makeAuthority(now);
    const server = await makeCertificate(authority, [...new Set([...machineNames(), ...wanted])], now);
    try {
      await mkdir(this.#directory, { recursive: true, mode: 0o700 });
      if (authority !== before) await this.#writePair('authority', authority);
      await this.#writePair('server', server);
    } catch (error) {
      throw new Problem(
        'file_write_failed',
        `The certificate was not written: ${fileErrorSentence(error, this.#directory)}.`,
      );
    }
    return this.#describe(authority.cert, server.cert);
  }

  #isGood({ cert, key }: TlsPair): boolean {
    try {
      const certificate = new X509Certificate(cert);
      return key !== '' && certificate.ca && Date.parse(certificate.validTo) > this.#clock.now() + minAuthorityMs;
    } catch {
      return false;
    }
  }

  #describe(authority: string, server: string): LocalCertificate {
    const certificate = new X509Certificate(server);
    return {
      authority,
      authorityFile: this.#file('authority', 'crt'),
      cert: this.#file('server', 'crt'),
      key: this.#file('server', 'key'),
      names: (certificate.subjectAltName ?? '').split(', ').map((name) => name.replace(/^(?:DNS|IP Address):/, '')),
      expires: new Date(certificate.validTo).toISOString(),
    };
  }

  #file(name: string, ending: string): string {
    return path.join(this.#directory, `${name}.${ending}`);
  }

  async #readPair(name: string): Promise<TlsPair | undefined> {
    try {
      const [cert, key] = await Promise.all(['crt', 'key'].map((ending) => readFile(this.#file(name, ending), 'utf8')));
      return cert && key ? { cert, key } : undefined;
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw new Problem(
        'file_read_failed',
        `The certificate cannot be read: ${fileErrorSentence(error, this.#directory, 'read')}.`,
      );
    }
  }

  async #writePair(name: string, { cert, key }: TlsPair): Promise<void> {
    await writeAtomically(this.#file(name, 'key'), key);
    await writeAtomically(this.#file(name, 'crt'), cert);
  }
}
