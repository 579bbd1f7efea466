// Keeps what a client may want to continue, read or delete later.

import { readValue } from '../bytes/json-members.ts';
import type { ClientRequest } from '../client/client-request.ts';
import { ownItems, previousId } from './continuation.ts';
import { ResponseRecorder } from './response-recorder.ts';
import type { ResponseStore } from './response-store.ts';

const notStored = { 'x-gateway-stored': 'no' };

export interface Keeping {
  readonly recorder: ResponseRecorder;
  /** To be called when the client has its response. `credential`: id of the one that made it. */
  readonly finish: (credential: string) => void;
}

/** What a request is, as far as it matters here. */
type Asked = ClientRequest | { readonly action: 'service' };

/** Undefined when the response is not to be kept: it is none of that kind, it is switched off, or the client asked for that. */
export function keepResponse(
  request: Asked,
  { store, clientKey }: { readonly store: ResponseStore; readonly clientKey: string },
): Keeping | undefined {
  if (request.action !== 'generate' || request.format.keepsResponses !== true) return undefined;
  const { body, members } = request;
  if (!store.isEnabled || readValue(body, members, 'store') === false) return undefined;
  const input = ownItems(body, members);
  const recorder = new ResponseRecorder(8 * 1024 * 1024, (bytes) =>
    store.fits(input.length + bytes) ? {} : notStored,
  );
  return {
    recorder,
    finish: (credential) => {
      const recorded = recorder.result();
      if (recorded === undefined) return;
      const output = JSON.stringify(recorded.output).slice(1, -1);
      store.keep({
        id: recorded.id,
        previousId: previousId(request),
        input,
        output,
        response: JSON.stringify(recorded.response),
        clientKey,
        credential,
      });
    },
  };
}
