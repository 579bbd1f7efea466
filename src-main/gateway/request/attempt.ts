// One attempt: ask one candidate, and carry its answer to the client if it is one.

import { release } from '../bytes/buffer-pool.ts';
import type { ClientAnswer } from '../client/client-response.ts';
import { join, type Relayed, type ResponseRelay } from '../formats/response-relay.ts';
import type { AttemptError } from '../model/attempt-error.ts';
import type { Usage } from '../model/events.ts';
import { networkFailure } from '../upstream/network-error.ts';
import { failureOf, send, type UpstreamAnswer, type UpstreamCall } from '../upstream/send.ts';
import type { UpstreamBody } from '../upstream/upstream-body.ts';
import type { Plan } from './plan.ts';
import type { AttemptResult } from './retry-loop.ts';

/** More than this before the answer's beginning is passed on without waiting for it. */
const maxHeldBytes = 64 * 1024;

/** Reads along, for the request log. */
export interface UpstreamWatcher {
  readonly onAnswer: (status: number, headers: Readonly<Record<string, string | string[] | undefined>>) => void;
  /** The bytes are used again: what is kept is copied. */
  readonly onBytes: (bytes: Buffer) => void;
  /** Why the attempt counts as failed. */
  readonly onFault: (message: string) => void;
}

export interface AttemptOptions {
  readonly call: UpstreamCall;
  readonly plan: Plan;
  readonly client: ClientAnswer;
  readonly now: () => number;
  readonly watcher?: UpstreamWatcher | undefined;
}

export type Attempted = AttemptResult & {
  readonly usage?: Partial<Usage> | undefined;
  /** The answer broke off after the client had a part of it. */
  readonly broken?: AttemptError;
};

export async function attempt({ call, plan, client, now, watcher }: AttemptOptions): Promise<Attempted> {
  let answer: UpstreamAnswer;
  try {
    answer = await send(call);
    watcher?.onAnswer(answer.status, answer.headers);
    if (answer.status < 200 || answer.status > 299) {
      return { answered: false, failure: await failureOf(answer, plan.format, now()) };
    }
  } catch (error) {
    return { answered: false, failure: faultOfBreak(error, call.signal) };
  }
  const relay = plan.relay(String(answer.headers['content-type'] ?? ''));
  const result = await carry(answer.body, relay, { client, plan, watcher, signal: call.signal });
  return { ...result, usage: relay.usage };
}

interface CarryContext extends Pick<AttemptOptions, 'client' | 'plan' | 'watcher'> {
  readonly signal: AbortSignal;
}

async function carry(body: UpstreamBody, relay: ResponseRelay, context: CarryContext): Promise<Attempted> {
  const { client, plan, watcher, signal } = context;
  let held: Buffer[] = [];
  let heldBytes = 0;
  for (;;) {
    let relayed: Relayed;
    let isEnd: boolean;
    try {
      const chunk = await body.next();
      if (chunk !== undefined) watcher?.onBytes(chunk);
      isEnd = chunk === undefined;
      relayed = chunk === undefined ? relay.end() : relay.push(chunk);
      if (chunk !== undefined && relay.copies) release(chunk);
    } catch (error) {
      body.cut();
      const failure = faultOfBreak(error, signal);
      if (!client.isCommitted) return { answered: false, failure };
      return breakOff(client, relay, failure);
    }
    const { bytes, begun, fault, ended } = relayed;
    const isOver = ended === true || fault !== undefined || isEnd;
    if (!client.isCommitted) {
      if (fault !== undefined && !begun) {
        body.cut();
        return { answered: false, failure: fault };
      }
      if (bytes.length > 0) held.push(bytes);
      heldBytes += bytes.length;
      if (!begun && !isOver && heldBytes <= maxHeldBytes) continue;
      if (isOver && fault === undefined && relay.keepAlive === undefined) {
        // Known to its end: it gets a length.
        client.send(200, { 'content-type': relay.contentType, ...lossHeader(plan) }, join(held));
        body.leave();
        return { answered: true };
      }
      client.start(relay.contentType, relay.keepAlive, lossHeader(plan));
    }
    const next = held.length > 0 ? join(held) : bytes;
    held = [];
    if (!isOver) {
      await client.write(next);
      continue;
    }
    client.end(next);
    if (fault === undefined) body.leave();
    else body.cut();
    return fault === undefined ? { answered: true } : { answered: true, broken: fault };
  }
}

function breakOff(client: ClientAnswer, relay: ResponseRelay, failure: AttemptError): Attempted {
  if (relay.keepAlive === undefined) client.destroy();
  else client.end(relay.failure(failure));
  return { answered: true, broken: failure };
}

/** The gateway ends requests itself when the client has left or the program ends. */
const faultOfBreak = (error: unknown, signal: AbortSignal): AttemptError =>
  signal.aborted ? { status: 503, message: 'The server is shutting down.' } : networkFailure(error);

/** Tells clients and tests what the upstream's form could not carry, if it matters. */
function lossHeader({ losses }: Plan): Readonly<Record<string, string>> {
  const lost = new Set(losses.filter(({ severity }) => severity !== 'info').map(({ path }) => path));
  return lost.size === 0 ? {} : { 'x-gateway-lossy': [...lost].join(',') };
}
