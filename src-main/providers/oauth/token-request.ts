// Requests to token endpoints (RFC 6749 section 3.2), in the two encodings that providers want.
import { type Fields, sendForObject } from '../../net/provider-request.ts';
import { formBody, jsonBody } from '../../net/request-body.ts';
import type { ProviderCall } from '../provider.ts';

const form = 'application/x-www-form-urlencoded';

/** What a token endpoint is asked: the response is a JSON object. Throws ProviderError. */
export type AskToken = (call: ProviderCall, fields: Readonly<Record<string, string>>) => Promise<Fields>;

export const acceptsJson = { accept: 'application/json' } as const;

/** Asks with a form, as the standard has it. */
export const asksWithForm =
  (url: string, headers: Readonly<Record<string, string>> = acceptsJson, hint?: string): AskToken =>
  (call, fields) =>
    sendForObject(
      call,
      { method: 'POST', url, headers: { 'content-type': form, ...headers }, body: formBody(fields) },
      hint,
    );

/** Asks with a JSON object. */
export const asksWithJson =
  (url: string, hint?: string): AskToken =>
  (call, fields) =>
    sendForObject(
      call,
      { method: 'POST', url, headers: { 'content-type': 'application/json', ...acceptsJson }, body: jsonBody(fields) },
      hint,
    );
