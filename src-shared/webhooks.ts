// Who is told when something needs attention, and of what.
import { z } from 'zod';

const noticeKinds = [
  'limit-warning',
  'limit-reached',
  'limit-renewed',
  'login-needed',
  'config-invalid',
  'requests-failing',
  'update',
] as const;

export const webhooks = z.array(
  z.looseObject({
    url: z.string('must be an address'),
    /** Signs what is sent (Standard Webhooks); `whsec_` before base64, else the text itself. */
    secret: z.string().optional(),
    /** Absent: all. */
    events: z.array(z.enum(noticeKinds)).optional(),
  }),
);
