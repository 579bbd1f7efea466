// Keeps what a client may want to continue, read or delete later.

import { readValue } from '../bytes/json-members.ts';
import type { ClientRequest } from '../client/client-request.ts';
import { conversationOf, type KeepingPlace, ownItems, previousId } from './continuation.ts';
import { ResponseRecorder } from './response-recorder.ts';
import { joinItems } from './response-store.ts';

const notStored = { 'x-gateway-stored': 'no' };

export interface Keeping {
  readonly recorder: ResponseRecorder;
  /** To be called when the client has its response. `credential`: id of the one that made it. */
  readonly finish: (credential: string) => void;
}

/** What a request is, as far as it matters here. */
type Asked = ClientRequest | { readonly action: 'service' };

/** Undefined when the response is not to be kept: it is none of that kind, it is switched off, or the client asked for that. */
export function keepResponse(request: Asked, place: KeepingPlace): Keeping | undefined {
  const { store, clientKey, socket } = place;
  if (request.action !== 'generate' || request.format.keepsResponses !== true) return undefined;
  const { body, members } = request;
  const isStored = store.isEnabled && readValue(body, members, 'store') !== false;
  if (!isStored && socket === undefined) return undefined;
  const input = ownItems(body, members);
  const previous = previousId(request);
  const recorder = new ResponseRecorder(8 * 1024 * 1024, (bytes) =>
    !isStored || store.fits(input.length + bytes) ? {} : notStored,
  );
  return {
    recorder,
    finish: (credential) => {
      const recorded = recorder.result();
      if (recorded === undefined) return;
      const output = JSON.stringify(recorded.output).slice(1, -1);
      const said = previous === undefined ? '' : conversationOf(previous, place);
      if (said !== undefined) socket?.keep(recorded.id, { items: joinItems([said, input, output]), credential });
      if (!isStored) return;
      // What only the socket knows is gone with it.
      const isOfSocket = previous !== undefined && socket?.find(previous) !== undefined;
      const isHole = isOfSocket && store.find(previous, clientKey) === undefined && said !== undefined;
      store.keep({
        id: recorded.id,
        previousId: isHole ? undefined : previous,
        input: isHole ? joinItems([said, input]) : input,
        output,
        response: JSON.stringify(recorded.response),
        clientKey,
        credential,
      });
    },
  };
}
