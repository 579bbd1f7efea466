// One attempt: ask one candidate, and carry its response to the client if it is one.

import { release } from '../bytes/buffer-pool.ts';
import type { ClientResponse } from '../client/client-response.ts';
import { join, type Relayed, type ResponseRelay } from '../formats/response-relay.ts';
import type { AttemptError } from '../model/errors/attempt-error.ts';
import type { Usage } from '../model/events.ts';
import { networkError } from '../upstream/network-error.ts';
import { readErrorResponse, send, type UpstreamCall, type UpstreamResponse } from '../upstream/send.ts';
import type { UpstreamBody } from '../upstream/upstream-body.ts';
import type { UpstreamObserver } from '../upstream/upstream-observer.ts';
import type { Plan } from './plan.ts';
import type { AttemptResult } from './retry-loop.ts';

/** More than this before the response's beginning is passed on without waiting for it. */
const maxHeldBytes = 64 * 1024;

export interface AttemptOptions {
  readonly call: UpstreamCall;
  readonly plan: Plan;
  readonly client: ClientResponse;
  readonly now: () => number;
  readonly observer?: UpstreamObserver | undefined;
}

export type AttemptOutcome = AttemptResult & {
  readonly usage?: Partial<Usage> | undefined;
  /** The response broke off after the client had a part of it. */
  readonly interruption?: AttemptError;
};

export async function attempt({ call, plan, client, now, observer }: AttemptOptions): Promise<AttemptOutcome> {
  let response: UpstreamResponse;
  try {
    response = await send(call);
    observer?.onResponse(response.status, response.headers);
    if (response.status < 200 || response.status > 299) {
      return { answered: false, error: await readErrorResponse(response, plan.format.errorFamily, now()) };
    }
  } catch (error) {
    return { answered: false, error: connectionError(error, call.signal) };
  }
  const relay = plan.relay(String(response.headers['content-type'] ?? ''));
  const result = await forward(response.body, relay, { client, plan, observer, signal: call.signal });
  return { ...result, usage: relay.usage };
}

interface ForwardContext extends Pick<AttemptOptions, 'client' | 'plan' | 'observer'> {
  readonly signal: AbortSignal;
}

async function forward(body: UpstreamBody, relay: ResponseRelay, context: ForwardContext): Promise<AttemptOutcome> {
  const { client, plan, observer, signal } = context;
  let held: Buffer[] = [];
  let heldBytes = 0;
  for (;;) {
    let relayed: Relayed;
    let isEnd: boolean;
    try {
      const chunk = await body.next();
      if (chunk !== undefined) observer?.onBytes(chunk);
      isEnd = chunk === undefined;
      relayed = chunk === undefined ? relay.end() : relay.push(chunk);
      if (chunk !== undefined && relay.copies) release(chunk);
    } catch (thrown) {
      body.destroy();
      const error = connectionError(thrown, signal);
      if (!client.isCommitted) return { answered: false, error };
      return endInterrupted(client, relay, error);
    }
    const { bytes, begun, error, ended } = relayed;
    const isOver = ended === true || error !== undefined || isEnd;
    if (!client.isCommitted) {
      if (error !== undefined && !begun) {
        body.destroy();
        return { answered: false, error };
      }
      if (bytes.length > 0) held.push(bytes);
      heldBytes += bytes.length;
      if (!begun && !isOver && heldBytes <= maxHeldBytes) continue;
      if (isOver && error === undefined && relay.keepAlive === undefined) {
        // Known to its end: it gets a length.
        client.send(200, { 'content-type': relay.contentType, ...droppedFieldsHeader(plan) }, join(held));
        body.discard();
        return { answered: true };
      }
      client.start(relay.contentType, relay.keepAlive, droppedFieldsHeader(plan));
    }
    const next = held.length > 0 ? join(held) : bytes;
    held = [];
    if (!isOver) {
      await client.write(next);
      continue;
    }
    client.end(next);
    if (error === undefined) body.discard();
    else body.destroy();
    return error === undefined ? { answered: true } : { answered: true, interruption: error };
  }
}

function endInterrupted(client: ClientResponse, relay: ResponseRelay, error: AttemptError): AttemptOutcome {
  if (relay.keepAlive === undefined) client.destroy();
  else if (relay.breaksOff) client.breakOff(relay.errorBytes(error));
  else client.end(relay.errorBytes(error));
  return { answered: true, interruption: error };
}

/** The gateway ends requests itself when the client has left or the program ends. */
const connectionError = (error: unknown, signal: AbortSignal): AttemptError =>
  signal.aborted ? { status: 503, message: 'The server is shutting down.' } : networkError(error);

/** Tells clients and tests what the upstream's format could not carry, if it matters. */
function droppedFieldsHeader({ dropped }: Plan): Readonly<Record<string, string>> {
  const lost = new Set(dropped.filter(({ severity }) => severity !== 'info').map(({ path }) => path));
  return lost.size === 0 ? {} : { 'x-gateway-lossy': [...lost].join(',') };
}
