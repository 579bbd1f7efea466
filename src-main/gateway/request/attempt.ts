// One attempt: ask one candidate, and carry its response to the client if it is one.

import type { Clock } from '../../lib/time/clock.ts';
import { release } from '../bytes/buffer-pool.ts';
import { HeldBytes } from '../bytes/held-bytes.ts';
import type { ClientResponse } from '../client/client-response.ts';
import { join, type Relayed, type ResponseRelay } from '../formats/response-relay.ts';
import type { AttemptError } from '../model/errors/attempt-error.ts';
import type { Refusal } from '../model/errors/refusal.ts';
import type { Usage } from '../model/events.ts';
import { CallDeadlines, type CallTimeouts } from '../upstream/call-deadlines.ts';
import { networkError } from '../upstream/network-error.ts';
import { readErrorResponse, send, type UpstreamCall, type UpstreamResponse } from '../upstream/send.ts';
import type { ResponseBody } from '../upstream/upstream-body.ts';
import type { UpstreamObserver } from '../upstream/upstream-observer.ts';
import type { AttemptResult } from './order/retry-loop.ts';
import type { Plan } from './plan.ts';

/** More than this before the response's beginning is passed on without waiting for it. */
const maxHeldBytes = 64 * 1024;

export interface AttemptOptions {
  readonly call: UpstreamCall;
  readonly timeouts: CallTimeouts;
  readonly plan: Plan;
  readonly client: ClientResponse;
  readonly clock: Clock;
  /** Told of the response's head; what the client is to be told of it, and what the upstream says of its limits. */
  readonly onResponse: (status: number, headers: UpstreamResponse['headers']) => ResponseNote;
  readonly observer?: UpstreamObserver | undefined;
  /** What the provider's errors are known to mean. */
  readonly refusals?: readonly Refusal[] | undefined;
  /** Reads along with the response, once it has begun. */
  readonly meter?: { push(chunk: Buffer): void } | undefined;
}

export type ResponseNote = Pick<AttemptError, 'clientHeaders' | 'quota'>;

export type AttemptOutcome = AttemptResult & {
  /** Of the upstream's response; undefined: there was none. */
  readonly status?: number;
  readonly usage?: Partial<Usage> | undefined;
  /** The response broke off after the client had a part of it. */
  readonly interruption?: AttemptError;
};

export async function attempt(options: AttemptOptions): Promise<AttemptOutcome> {
  const { call, timeouts, clock } = options;
  const controller = new AbortController();
  const leave = () => controller.abort(call.signal.reason);
  call.signal.addEventListener('abort', leave, { once: true });
  if (call.signal.aborted) leave();
  const deadlines = new CallDeadlines(clock, timeouts, (error) => controller.abort(error));
  try {
    return await attemptInTime(options, { ...call, signal: controller.signal }, deadlines);
  } finally {
    deadlines.end();
    call.signal.removeEventListener('abort', leave);
  }
}

async function attemptInTime(
  { call: { signal }, plan, client, clock, onResponse, observer, meter, refusals = [] }: AttemptOptions,
  call: UpstreamCall,
  deadlines: CallDeadlines,
): Promise<AttemptOutcome> {
  let response: UpstreamResponse;
  let note: ResponseNote = {};
  try {
    response = await (plan.send ?? send)(call);
    const isEventStream = String(response.headers['content-type'] ?? '').includes('text/event-stream');
    const isOk = response.status >= 200 && response.status <= 299;
    deadlines.responded(isOk && isEventStream);
    observer?.onResponse(response.status, response.headers);
    note = onResponse(response.status, response.headers);
    if (!isOk) {
      deadlines.awaitBytes();
      const error = await readErrorResponse(response, {
        bodyFamily: plan.format.errorFamily,
        now: clock.now(),
        refusals,
      });
      return { answered: false, status: response.status, error: { ...error, ...note } };
    }
  } catch (error) {
    return { answered: false, error: plan.bodyError?.() ?? connectionError(error, signal, call.dispatcher.note) };
  }
  client.setUpstreamHeaders(note.clientHeaders ?? {});
  const relay = plan.relay(String(response.headers['content-type'] ?? ''), response);
  const result = await forward(response.body, relay, { client, plan, observer, meter, signal, deadlines });
  const common = { status: response.status, usage: relay.usage };
  return result.answered
    ? { ...result, ...common }
    : { ...common, answered: false, error: { ...result.error, ...note } };
}

interface ForwardContext extends Pick<AttemptOptions, 'client' | 'plan' | 'observer' | 'meter'> {
  readonly signal: AbortSignal;
  readonly deadlines: CallDeadlines;
}

async function forward(body: ResponseBody, relay: ResponseRelay, context: ForwardContext): Promise<AttemptOutcome> {
  const budget = new HeldBytes();
  const outcome = await relayAll(body, relay, budget, context);
  // Until a slow client has all of it.
  if (outcome.answered) context.client.whenClosed(() => budget.set(0));
  else budget.set(0);
  return outcome;
}

async function relayAll(
  body: ResponseBody,
  relay: ResponseRelay,
  budget: HeldBytes,
  { client, plan, observer, meter, signal, deadlines }: ForwardContext,
): Promise<AttemptOutcome> {
  let held: Buffer[] = [];
  let heldBytes = 0;
  for (;;) {
    let relayed: Relayed;
    let isEnd: boolean;
    try {
      deadlines.awaitBytes();
      const chunk = await body.next();
      deadlines.gotBytes();
      if (chunk !== undefined) observer?.onBytes(chunk);
      if (chunk !== undefined) meter?.push(chunk);
      isEnd = chunk === undefined;
      relayed = chunk === undefined ? relay.end() : withinBudget(relay, relay.push(chunk), budget);
      if (chunk !== undefined && relay.copies) release(chunk);
    } catch (thrown) {
      body.destroy();
      const error = plan.bodyError?.() ?? connectionError(thrown, signal);
      if (!client.isCommitted) return { answered: false, error };
      return endInterrupted(client, relay, error);
    }
    if (relay.passOn !== undefined && budget.isCrowded && !isEnd) {
      client.start(relay.contentType, relay.keepAlive, droppedFieldsHeader(plan));
      for (const piece of relay.passOn()) await client.write(piece);
      continue;
    }
    const { bytes, begun, error, ended } = relayed;
    const isOver = ended === true || error !== undefined || isEnd;
    if (isOver) await plan.beforeEnd?.();
    if (!client.isCommitted) {
      if (error !== undefined && !begun) {
        body.destroy();
        return { answered: false, error };
      }
      if (bytes.length > 0) held.push(bytes);
      heldBytes += bytes.length;
      if (!begun && !isOver && heldBytes <= maxHeldBytes) continue;
      if (isOver && error === undefined && relay.keepAlive === undefined) {
        const whole = join(held);
        budget.set(whole.length);
        // Known to its end: it gets a length.
        const type = relay.contentType === '' ? {} : { 'content-type': relay.contentType };
        client.send(relay.status ?? 200, { ...type, ...relay.headers, ...droppedFieldsHeader(plan) }, whole);
        body.discard();
        return { answered: true };
      }
      const headers = { ...relay.headers, ...droppedFieldsHeader(plan) };
      client.start(relay.contentType, relay.keepAlive, headers, relay.status);
    }
    const next = held.length > 0 ? join(held) : bytes;
    held = [];
    if (!isOver) {
      budget.set(Math.max(relay.heldBytes, next.length));
      await client.write(next);
      continue;
    }
    budget.set(next.length);
    client.end(next);
    if (error === undefined) body.discard();
    else body.destroy();
    return error === undefined ? { answered: true } : { answered: true, interruption: error };
  }
}

const excessErrors: Readonly<Record<'too-large' | 'too-many', AttemptError>> = {
  'too-large': {
    status: 502,
    message: 'The upstream sent a response that is too large to be translated.',
    isOurs: true,
  },
  'too-many': {
    status: 503,
    message: 'Too many large responses are under way. Ask again in a moment.',
    retryAfter: 5,
    isOurs: true,
  },
};

/** What a relay gives out, or an error, when it keeps more than it may. */
function withinBudget(relay: ResponseRelay, relayed: Relayed, budget: HeldBytes): Relayed {
  budget.set(relay.heldBytes);
  if (relay.passOn !== undefined) return relayed;
  const error = budget.excess && excessErrors[budget.excess];
  if (error === undefined || relayed.ended || relayed.error !== undefined) return relayed;
  return { bytes: relayed.begun ? relay.errorBytes(error) : relayed.bytes, begun: relayed.begun, error };
}

function endInterrupted(client: ClientResponse, relay: ResponseRelay, error: AttemptError): AttemptOutcome {
  if (!(relay.tellsErrors ?? relay.keepAlive !== undefined)) client.destroy();
  else if (relay.breaksOff) client.breakOff(relay.errorBytes(error));
  else client.end(relay.errorBytes(error));
  return { answered: true, interruption: error };
}

/** The gateway ends requests itself when the client has left or the program ends. */
function connectionError(error: unknown, signal: AbortSignal, note = ''): AttemptError {
  if (signal.aborted) return { status: 503, message: 'The server is shutting down.' };
  const { message, ...rest } = networkError(error);
  return { ...rest, message: note === '' ? message : `${message} ${note}` };
}

/** Tells clients and tests what the upstream's format could not carry, if it matters. */
function droppedFieldsHeader({ dropped }: Plan): Readonly<Record<string, string>> {
  if (dropped.length === 0) return {};
  const lost = new Set(dropped.filter(({ severity }) => severity !== 'info').map(({ path }) => path));
  return lost.size === 0 ? {} : { 'x-gateway-lossy': [...lost].join(',') };
}
