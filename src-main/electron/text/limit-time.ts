// When a limit is renewed, as short as a menu wants it.

/** `22:00` of today, `Wed 22:00` of another day. */
export function limitTime(locale: string, time: Date): string {
  const isToday = time.toDateString() === new Date().toDateString();
  const clock = { hour: '2-digit', minute: '2-digit', hour12: false } as const;
  return new Intl.DateTimeFormat(locale, isToday ? clock : { weekday: 'short', ...clock }).format(time);
}
