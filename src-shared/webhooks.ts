// Who is told when something needs attention, and of what.
import { z } from 'zod';

export const noticeKinds = [
  'limit-warning',
  'limit-reached',
  'limit-renewed',
  'login-needed',
  'config-invalid',
  'requests-failing',
  'history-damaged',
  'history-unavailable',
  'update',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

export const webhooks = z.array(
  z.looseObject({
    url: z.string('must be an address'),
    /** Signs what is sent (Standard Webhooks); `whsec_` before base64, else the text itself. */
    secret: z.string().optional(),
    /** Absent: all. */
    events: z.array(z.enum(noticeKinds)).optional(),
  }),
);

/** Whether a webhook is ever called: by HTTPS, or by HTTP to this machine. */
export function isAllowedReceiver(address: string): boolean {
  if (/^https:\/\/[^/?#\s]/i.test(address)) return true;
  return /^http:\/\/(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?(?:[/?#]|$)/i.test(address);
}
