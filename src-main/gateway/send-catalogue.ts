// The list of models as Codex asks for it: the vendor's own catalogue, and what else is offered here.
import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { JsonObject } from '../../src-shared/json.ts';
import { hasWords, modelFacts } from '../models/model-facts.ts';
import { type OtherModel, otherEntries } from './catalogue/codex-entries.ts';
import type { VendorCatalogue } from './catalogue/vendor-catalogue.ts';
import type { ModelsRoute } from './client/routes.ts';
import { defaultFormat } from './formats/formats.ts';
import { elementsOf } from './routing/route/elements.ts';
import { listedModels } from './routing/route/listed-models.ts';
import { type ModelsContext, sendModels } from './send-models.ts';

interface CatalogueContext extends ModelsContext {
  readonly catalogue: VendorCatalogue;
  readonly headers: IncomingHttpHeaders;
}

/** In Codex' form for clients that say their version, else in that of the route. */
export async function sendModelsOrCatalogue(
  route: ModelsRoute,
  context: CatalogueContext & { readonly query: string },
): Promise<void> {
  const clientVersion = new URLSearchParams(context.query).get('client_version');
  const isAsked = clientVersion !== null && route.format === defaultFormat && route.model === undefined;
  if (isAsked) await sendCatalogue(context, clientVersion);
  else sendModels(route, context);
}

/** Without an account whose vendor has a catalogue it is empty: clients then keep the list they came with. */
async function sendCatalogue(context: CatalogueContext, clientVersion: string): Promise<void> {
  const { response, pool, catalogue, headers } = context;
  const entries = await catalogue.entries(clientVersion, pool.credentials);
  const own = entries.filter(({ slug }) => typeof slug === 'string' && isServed(context, slug));
  const models = [...own, ...otherEntries(entries, otherModels(context, entries))];
  const body = JSON.stringify({ models });
  const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 32)}"`;
  if (isKnown(headers['if-none-match'], etag)) return response.send(304, { etag }, '');
  response.send(200, { 'content-type': 'application/json', etag }, body);
}

const isServed = ({ pool, isOpen }: CatalogueContext, name: string): boolean =>
  elementsOf(pool, name).elements.some(({ candidates }) => candidates.length > 0) && isOpen(name);

/** What somebody else than the vendor of the catalogue answers, in words. */
function otherModels(context: CatalogueContext, entries: readonly JsonObject[]): readonly OtherModel[] {
  const { pool, isOpen, config } = context;
  const known = new Set(entries.map(({ slug }) => slug));
  return listedModels(pool).flatMap(({ name }) => {
    if (known.has(name) || !isOpen(name)) return [];
    const candidates = elementsOf(pool, name).elements.flatMap((element) => element.candidates);
    const other = candidates.find(({ credential }) => credential.upstream.catalogue === undefined);
    if (other === undefined || !hasWords(other.model)) return [];
    return [{ name, facts: modelFacts(other.model, config['model-facts']) }];
  });
}

/** Compared weakly (RFC 9110, 13.1.2). */
const isKnown = (header: string | undefined, etag: string): boolean =>
  (header ?? '').split(',').some((one) => ['*', etag].includes(one.trim().replace(/^W\//, '')));
