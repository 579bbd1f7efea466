// The text of server-sent events.

/** One frame with a JSON payload, named when the format names its events. */
export const sseFrame = (data: unknown, event?: string): string =>
  `${event === undefined ? '' : `event: ${event}\n`}data: ${JSON.stringify(data)}\n\n`;

/** A comment: keeps the connection busy and means nothing. */
export const sseComment = ': keep-alive\n\n';
