// One POST to a webhook. Redirects are not followed: they would carry what was meant for one receiver to another.
import type { Clock } from '../lib/time/clock.ts';
import type { Dispatchers } from '../net/dispatchers.ts';
import type { SendWebhook } from './webhooks.ts';

const timeoutMs = 10_000;

/** `proxyUrl`: of the config in force; receivers on this machine are reached directly. */
export function webhookSender(dispatchers: Dispatchers, proxyUrl: () => string, clock: Clock): SendWebhook {
  return async (address, headers, body) => {
    const url = new URL(address);
    const late = new AbortController();
    const stop = clock.after(timeoutMs, () => late.abort());
    try {
      const dispatcher = dispatchers.for(url.protocol === 'http:' ? '' : proxyUrl());
      const response = await dispatcher.request(url, {
        method: 'POST',
        headers: { ...headers },
        body,
        signal: late.signal,
      });
      // Nothing in the body matters; the connection is kept when it is short.
      await response.body.dump({ limit: 64 * 1024 }).catch(() => {});
      return response.statusCode;
    } finally {
      stop();
    }
  };
}
