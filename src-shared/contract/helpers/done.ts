// The output of operations that have nothing to tell but that they are done.
import { z } from 'zod';

export const ok = z.object({ status: z.literal('ok') });
export const done: z.output<typeof ok> = Object.freeze({ status: 'ok' });
