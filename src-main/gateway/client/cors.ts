// Lets pages in a browser use the gateway; who may ask is decided by the key.

export const corsHeaders = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, POST, PUT, DELETE, OPTIONS',
  // The wildcard does not cover Authorization.
  'access-control-allow-headers':
    '*, Authorization, Content-Type, X-Api-Key, X-Goog-Api-Key, Anthropic-Version, Anthropic-Beta',
  'access-control-expose-headers': '*',
} as const;
