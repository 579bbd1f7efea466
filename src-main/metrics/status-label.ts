// The few statuses that stand in labels.

const kept = new Set([401, 403, 404, 429, 499, 503]);

/** An unknown 4xx is treated as a 400 (RFC 9110, section 15). */
export function statusLabel(status: number): string {
  if (kept.has(status)) return String(status);
  if (status >= 500) return '5xx';
  return status >= 400 ? '400' : '2xx';
}
