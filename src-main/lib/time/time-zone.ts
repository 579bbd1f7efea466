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

let followed = process.env.TZ;

/**
 * For a thread that shares the environment of the program (`SHARE_ENV`): its dates stay in the zone in which they began
 * until the thread itself sets the variable.
 */
export function followTimeZone(): void {
  const name = process.env.TZ;
  if (name === undefined || name === followed) return;
  followed = name;
  process.env.TZ = name;
}
