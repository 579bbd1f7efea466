// Lists of models, and single ones, as clients see them.
import type { Config } from '../../src-shared/config.ts';
import type { ClientResponse } from './client/client-response.ts';
import { describeModel, describeModels } from './client/model-lists.ts';
import type { ModelsRoute } from './client/routes.ts';
import type { Client } from './policies/clients.ts';
import { isOffered } from './policies/model-access.ts';
import type { Pool } from './routing/pool.ts';
import { listedModel, listedModels } from './routing/route/listed-models.ts';

export interface ModelsContext {
  readonly response: ClientResponse;
  readonly pool: Pool;
  readonly config: Config;
  /** Whether the client may use a model. */
  readonly isOpen: (name: string) => boolean;
}

export function modelsContext(
  response: ClientResponse,
  { policy }: Client,
  { pool, config }: Pick<ModelsContext, 'pool' | 'config'>,
): ModelsContext {
  const isOpen = (name: string) => policy === undefined || isOffered(pool, name, policy, config);
  return { response, pool, config, isOpen };
}

/** Only what the client may use; the rest is not there. */
export function sendModels(
  { format, list, model: name }: ModelsRoute,
  { response, pool, config, isOpen }: ModelsContext,
): void {
  const ownFacts = config['model-facts'];
  const model = name === undefined || !isOpen(name) ? undefined : listedModel(pool, name);
  if (name === undefined) {
    const listed = listedModels(pool).filter((one) => isOpen(one.name));
    response.sendJson(200, describeModels(listed, list, ownFacts));
  } else if (model !== undefined) response.sendJson(200, describeModel(model, list, ownFacts));
  else {
    const message = `There is no model ${name} here.`;
    response.sendError(format, { status: 404, message, code: 'model_not_found' });
  }
}
