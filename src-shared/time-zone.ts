// Time zones by their names in the IANA database.
import { z } from 'zod';

export function isTimeZone(name: string): boolean {
  // Offsets such as `+02:00` are understood too, and are no zone.
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]{0,63}$/.test(name)) return false;
  try {
    Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

export const timeZoneText = z
  .string()
  .refine((text) => text === '' || isTimeZone(text), 'must be the name of a time zone, such as Europe/Berlin');
