// Listens on one host, and always on loopback under both its addresses, and can move to another while it runs.
import { isIP } from 'node:net';
import { Problem } from '../../../src-shared/problem.ts';
import type { TlsPair } from '../../config/tls/tls-pair.ts';
import { isLoopbackAddress } from '../../lib/loopback.ts';
import { type Clock, systemClock } from '../../lib/time/clock.ts';
import { Endpoint, type EndpointOptions } from './endpoint.ts';

export interface ListenerOptions extends EndpointOptions {
  readonly clock?: Clock;
}

export interface ListenAddress {
  /** As asked for. */
  readonly host: string;
  readonly port: number;
}

/** How many random ports are tried when one is taken on the second address. */
const maxRandomPorts = 20;

/** Errors of a machine without IPv6. */
const noSuchFamily = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT']);

interface Target extends ListenAddress {
  readonly tls: TlsPair | undefined;
}

export class Listener {
  readonly #options: ListenerOptions;
  readonly #clock: Clock;
  #endpoints: readonly Endpoint[] = [];
  /** Former addresses whose last requests still run. */
  readonly #leaving = new Set<Endpoint>();
  #address: ListenAddress | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(options: ListenerOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
  }

  /** Where it listens; undefined before the first `moveTo` and after `close`. */
  get address(): ListenAddress | undefined {
    return this.#address;
  }

  /** Whether only this machine can connect. */
  get isLoopbackOnly(): boolean {
    return this.#endpoints.every(({ isLoopback }) => isLoopback);
  }

  /**
   * Listens on the new address and then closes the old one, whose running requests still finish. Port 0 is a random
   * one, host `''` every address of this machine. With `tls` it speaks HTTPS only, with another pair from the next
   * handshake on. Throws Problem `address_unavailable` when that is impossible; the old address is then kept.
   */
  moveTo(host: string, port: number, tls?: TlsPair): Promise<ListenAddress> {
    const moved = this.#queue.then(() => this.#move({ host, port, tls }));
    this.#queue = moved.catch(() => {});
    return moved;
  }

  /** Accepts no more requests, gives running ones `graceMs` to finish, then closes their connections. */
  async close({ graceMs }: { readonly graceMs: number }): Promise<void> {
    await this.#queue;
    this.#leave(this.#endpoints);
    this.#endpoints = [];
    this.#address = undefined;
    const stopTimer = this.#clock.after(graceMs, () => {
      for (const endpoint of this.#leaving) endpoint.destroyConnections();
    });
    await Promise.all([...this.#leaving].map((endpoint) => endpoint.emptied()));
    stopTimer();
  }

  async #move(target: Target): Promise<ListenAddress> {
    const { host, port, tls } = target;
    const previous = this.#endpoints;
    const kept = previous.filter(
      (endpoint) =>
        endpoint.port === port && hostsOf(host).includes(endpoint.host) && endpoint.isTls === (tls !== undefined),
    );
    try {
      this.#endpoints = await this.#open(target, kept);
    } catch (error) {
      // This server itself may hold the port: 0.0.0.0 includes 127.0.0.1. Then the old address has to be closed first.
      const ours = previous.length > kept.length && previous.some((endpoint) => endpoint.port === port);
      if (!(ours && codeOf(error) === 'EADDRINUSE')) throw problemOf(error, host, port);
      this.#endpoints = await this.#replace(target, previous, kept);
    }
    if (tls !== undefined) for (const endpoint of kept) endpoint.renew(tls);
    this.#leave(previous.filter((endpoint) => !this.#endpoints.includes(endpoint) && !this.#leaving.has(endpoint)));
    this.#address = { host, port: this.#endpoints[0]?.port ?? port };
    return this.#address;
  }

  async #replace(target: Target, previous: readonly Endpoint[], kept: readonly Endpoint[]) {
    const { host, port } = target;
    const left = previous.filter((endpoint) => !kept.includes(endpoint));
    this.#leave(left);
    try {
      return await this.#open(target, kept);
    } catch (error) {
      const reopened = await Promise.allSettled(
        left.map((endpoint) => this.#listen(endpoint.host, port, endpoint.tls)),
      );
      this.#endpoints = [...kept, ...reopened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))];
      throw problemOf(error, host, port);
    }
  }

  /** Listens on every address of `host` that has no endpoint yet, or on none of them. */
  async #open({ host, port, tls }: Target, kept: readonly Endpoint[]): Promise<readonly Endpoint[]> {
    for (let attempt = 1; ; attempt++) {
      const opened: Endpoint[] = [...kept];
      try {
        for (const [index, name] of hostsOf(host).entries()) {
          if (opened.some((endpoint) => endpoint.host === name)) continue;
          const endpoint = await this.#listen(name, opened[0]?.port ?? port, tls).catch((error: unknown) => {
            if (index > 0 && noSuchFamily.has(codeOf(error))) return undefined;
            throw error;
          });
          if (endpoint) opened.push(endpoint);
        }
        return opened;
      } catch (error) {
        for (const endpoint of opened) if (!kept.includes(endpoint)) endpoint.retire();
        if (!(port === 0 && codeOf(error) === 'EADDRINUSE' && attempt < maxRandomPorts)) throw error;
      }
    }
  }

  async #listen(host: string, port: number, tls: TlsPair | undefined): Promise<Endpoint> {
    const endpoint = new Endpoint(host, tls, this.#options);
    await endpoint.listen(port);
    return endpoint;
  }

  #leave(endpoints: readonly Endpoint[]): void {
    for (const endpoint of endpoints) {
      this.#leaving.add(endpoint);
      endpoint.retire();
      void endpoint.emptied().then(() => this.#leaving.delete(endpoint));
    }
  }
}

/** Every address of this machine. */
const everywhere = ['', '0.0.0.0', '::'];
/** Clients resolve `localhost` to either family, so loopback always means both. */
const loopback = ['127.0.0.1', '::1'];

/** With one address in a network come those of loopback: programs on this machine are told to use them. */
function hostsOf(host: string): readonly string[] {
  const name = host.trim().toLowerCase();
  if (['localhost', '127.0.0.1'].includes(name)) return loopback;
  const isInNetwork = isIP(name) !== 0 && !everywhere.includes(name) && !isLoopbackAddress(name);
  return isInNetwork ? [name, ...loopback] : [host.trim()];
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code ?? '';

function problemOf(error: unknown, host: string, port: number): Problem {
  const sentences: Readonly<Record<string, string>> = {
    EADDRINUSE: `Port ${port} on ${(error as { address?: string }).address ?? host} is taken by another program. End that program, or set another port in the config.`,
    EACCES: `This user may not listen on port ${port}. Set a port from 1024 upwards in the config.`,
    EADDRNOTAVAIL: `This machine has no address ${host}. Set a host of this machine in the config, such as 127.0.0.1.`,
    ENOTFOUND: `The host name ${host} is unknown. Set a host of this machine in the config, such as 127.0.0.1.`,
  };
  const sentence = sentences[codeOf(error)] ?? `The server cannot listen on ${host}, port ${port} (${codeOf(error)}).`;
  return new Problem('address_unavailable', sentence, { cause: error });
}
