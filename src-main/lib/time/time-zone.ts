// The zone that days begin and end in: of limits, costs and dates of expiry.

/** As the machine says it, by its name in the IANA database. */
export const ownTimeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/**
 * Has the whole program live in a zone. Node takes up a change of `TZ` at once, so that everything that is said of local
 * days agrees, whatever reads the clock.
 */
export function setTimeZone(name: string): void {
  if (name !== ownTimeZone()) process.env.TZ = name;
}
