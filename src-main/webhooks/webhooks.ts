// Delivers notices to the webhooks of the config: signed, one behind the other for each, again until they arrive.
import { randomUUID } from 'node:crypto';
import type { Config } from '../../src-shared/config.ts';
import { isAllowedReceiver } from '../../src-shared/webhooks.ts';
import type { Logger } from '../lib/logger.ts';
import type { Clock, Disposer } from '../lib/time/clock.ts';
import type { WaitingDelivery, WebhookQueue } from '../storage/webhook-queue.ts';
import type { Notice } from './notices.ts';
import { webhookSignature } from './signature.ts';

type Webhook = Config['webhooks'][number];

/** Sends one; its status. Rejects when there is no response in time. */
export type SendWebhook = (url: string, headers: Readonly<Record<string, string>>, body: string) => Promise<number>;

export interface WebhooksOptions {
  readonly config: () => Config;
  readonly queue: WebhookQueue;
  /** What stands for a URL in the store: it may hold a secret. */
  readonly digest: (url: string) => string;
  readonly send: SendWebhook;
  readonly clock: Clock;
  readonly log: Logger;
  readonly random?: () => number;
}

const maxWaiting = 1_000;
const maxAgeMs = 24 * 3600 * 1000;
const firstPauseMs = 1_000;
const maxPauseMs = 300_000;
/** Part of a pause by which it may be longer or shorter. */
const jitter = 0.2;
/** How long one program has the right to deliver; it is renewed in time while something waits. */
const leaseMs = 5_000;
const lookEveryMs = 2_000;
/** Deliveries that are over, as a list read meanwhile may still name them. */
const maxOver = 2_000;
const status = { gone: 410 } as const;

export class Webhooks {
  readonly #options: WebhooksOptions;
  readonly #owner = randomUUID();
  readonly #waiting = new Map<string, WaitingDelivery>();
  readonly #sending = new Set<string>();
  readonly #over = new Set<string>();
  readonly #counts = { delivered: 0, failed: 0, dropped: 0 };
  #stopTimer: Disposer | undefined;
  #stopLooking: Disposer | undefined;
  #isClosed = false;

  constructor(options: WebhooksOptions) {
    this.#options = options;
    void this.#look();
  }

  /** Since the start: delivered, attempts that failed, given up. */
  get counts(): Readonly<Record<'delivered' | 'failed' | 'dropped', number>> {
    return this.#counts;
  }

  /** Queues a notice for every webhook that wants it. */
  tell(notice: Notice): void {
    const { config, digest, clock } = this.#options;
    const wanted = config().webhooks.filter(({ url, events }) => isAllowedReceiver(url) && wants(events, notice));
    const now = clock.now();
    const body = JSON.stringify(notice);
    const fresh = wanted.map(({ url }): WaitingDelivery => {
      const receiver = digest(url);
      return { id: `msg_${randomUUID()}`, receiver, body, createdAt: now, nextAt: now, attempts: 0 };
    });
    for (const delivery of fresh) this.#waiting.set(delivery.id, delivery);
    this.#dropSurplus();
    if (fresh.length === 0) return;
    void this.#store(fresh).then(() => this.#look());
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#stopTimer?.();
    this.#stopLooking?.();
    // Others may go on at once.
    await this.#options.queue.lease(this.#owner, 0).catch(() => false);
  }

  /** Takes on what waits, also what another program left, unless another one delivers it. */
  async #look(): Promise<void> {
    const { queue, clock, config, log } = this.#options;
    if (this.#isClosed) return;
    this.#stopLooking?.();
    this.#stopLooking = clock.after(lookEveryMs, () => void this.#look());
    if (config().webhooks.length === 0) return;
    try {
      const stored = await queue.load();
      if (stored.length === 0 && this.#waiting.size === 0) return;
      if (await queue.lease(this.#owner, leaseMs)) this.#adopt(stored);
      else this.#waiting.clear();
    } catch (error) {
      // What is in memory is delivered all the same.
      log.debug(`waiting webhooks were not read: ${(error as Error).message}`);
    }
    this.#deliverDue();
  }

  #adopt(stored: readonly WaitingDelivery[]): void {
    for (const delivery of stored) {
      const { id } = delivery;
      if (!this.#waiting.has(id) && !this.#over.has(id)) this.#waiting.set(id, delivery);
    }
  }

  /** The oldest of each receiver beyond the limit are given up. */
  #dropSurplus(): void {
    for (const [, list] of Map.groupBy(this.#waiting.values(), ({ receiver }) => receiver)) {
      for (const { id } of list.slice(0, Math.max(0, list.length - maxWaiting))) {
        this.#waiting.delete(id);
        this.#counts.dropped += 1;
      }
    }
  }

  #deliverDue(): void {
    if (this.#isClosed) return;
    const { clock, config, digest } = this.#options;
    const now = clock.now();
    const byReceiver = new Map(config().webhooks.map((webhook) => [digest(webhook.url), webhook]));
    for (const delivery of [...this.#waiting.values()]) {
      const webhook = byReceiver.get(delivery.receiver);
      const isLost = webhook === undefined || !isAllowedReceiver(webhook.url) || now - delivery.createdAt > maxAgeMs;
      if (isLost) {
        this.#counts.dropped += 1;
        this.#forget(delivery);
      } else if (delivery.nextAt <= now && !this.#sending.has(delivery.id)) void this.#deliver(delivery, webhook);
    }
    const nexts = [...this.#waiting.values()].filter(({ id }) => !this.#sending.has(id)).map(({ nextAt }) => nextAt);
    this.#stopTimer?.();
    this.#stopTimer = undefined;
    if (nexts.length === 0) return;
    this.#stopTimer = clock.after(Math.max(Math.min(...nexts) - now, 0), () => this.#deliverDue());
  }

  async #deliver(delivery: WaitingDelivery, { url, secret }: Webhook): Promise<void> {
    const { clock, send, log, random = Math.random } = this.#options;
    const { id, body, attempts } = delivery;
    this.#sending.add(id);
    const timestamp = Math.floor(clock.now() / 1000);
    const signature = secret ? { 'webhook-signature': webhookSignature(secret, { id, timestamp, body }) } : {};
    const headers = {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      ...signature,
    };
    const answered = await send(url, headers, body).catch(() => undefined);
    this.#sending.delete(id);
    if (!this.#waiting.has(id)) return;
    if (answered !== undefined && (answered === status.gone || (answered >= 200 && answered <= 299))) {
      this.#counts.delivered += 1;
      this.#forget(delivery);
    } else {
      this.#counts.failed += 1;
      const pause = Math.min(firstPauseMs * 2 ** Math.min(attempts, 20), maxPauseMs);
      const nextAt = clock.now() + pause * (1 + (random() * 2 - 1) * jitter);
      const later = { ...delivery, attempts: attempts + 1, nextAt: Math.round(nextAt) };
      this.#waiting.set(id, later);
      log.debug(`a webhook was not delivered: ${answered ?? 'no response'}`);
      void this.#store([later]);
    }
    this.#deliverDue();
  }

  #forget({ id }: WaitingDelivery): void {
    this.#waiting.delete(id);
    this.#over.add(id);
    if (this.#over.size > maxOver) this.#over.delete(this.#over.values().next().value ?? '');
    this.#options.queue.remove([id]).catch(() => {});
  }

  async #store(deliveries: readonly WaitingDelivery[]): Promise<void> {
    const { queue, log } = this.#options;
    await queue.save(deliveries, maxWaiting).catch((error: Error) => {
      log.debug(`waiting webhooks were not written: ${error.message}`);
    });
  }
}

const wants = (events: Webhook['events'], { type }: Notice): boolean => events === undefined || events.includes(type);
