// Standard Webhooks (https://www.standardwebhooks.com): how a receiver knows who sent what.
import { createHmac } from 'node:crypto';

const prefix = 'whsec_';

interface Signed {
  readonly id: string;
  /** Unix seconds. */
  readonly timestamp: number;
  readonly body: string;
}

/** The value of `webhook-signature`. */
export function webhookSignature(secret: string, { id, timestamp, body }: Signed): string {
  const key = secret.startsWith(prefix) ? Buffer.from(secret.slice(prefix.length), 'base64') : Buffer.from(secret);
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}
