// One call of a route, as far as it is read.
import type { IncomingHttpHeaders } from 'node:http';
import type { ChunkedBuffer } from '../bytes/chunked-buffer.ts';
import type { JsonMember } from '../bytes/json-members.ts';
import type { ClientFormat } from '../formats/client-side.ts';
import type { Upload } from '../uploads/upload.ts';
import type { ServiceRoute } from './route-table.ts';

export type ServiceBody =
  | { readonly kind: 'none' }
  | { readonly kind: 'json'; readonly body: ChunkedBuffer; readonly members: readonly JsonMember[] }
  | { readonly kind: 'upload'; readonly upload: Upload };

export interface ServiceCall {
  readonly route: ServiceRoute;
  readonly format: ClientFormat;
  /** As it was asked, without query. */
  readonly path: string;
  /** What follows the `?`, without the client's key. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  /** Of this gateway as the client sees it, such as `http://127.0.0.1:8317`. */
  readonly origin: string;
  readonly body: ServiceBody;
  /** As the client named it, or the route's own; `''` when the request belongs to a key. */
  readonly model: string;
  /** What the path names: an id, or the model. */
  readonly parameter: string | undefined;
}
