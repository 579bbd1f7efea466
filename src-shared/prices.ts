// What the user pays for models; wins over the published prices.
import { z } from 'zod';

/** US dollars per million tokens. */
const price = z.number('must be a number of US dollars per million tokens').min(0, 'a price must not be negative');

const perMinute = z.number('must be a number of US dollars per minute').min(0, 'a price must not be negative');

/** The first entry whose pattern (`*`) means the model sent or the model asked for counts. */
export const prices = z.array(
  z.looseObject({
    model: z.string('must name a model'),
    input: price.optional(),
    output: price.optional(),
    /** Absent: as `input`. */
    'cache-read': price.optional(),
    'cache-write': price.optional(),
    /** Of sound that providers count in seconds: US dollars per minute. */
    minute: perMinute.optional(),
  }),
);
