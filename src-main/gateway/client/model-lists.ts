// The offered models as clients see them.
import { listedSince } from '../../models/model-data.ts';
import { modelFacts, type OwnFacts } from '../../models/model-facts.ts';
import type { ListedModel, ModelList } from '../formats/client-side.ts';
import type { OfferedModel } from '../routing/credential.ts';

function listed({ name, owner, upstream }: OfferedModel, ownFacts: readonly OwnFacts[]): ListedModel {
  const { contextTokens: maxInput, outputTokens: maxOutput } = modelFacts(upstream, ownFacts);
  return {
    name,
    owner,
    created: listedSince,
    ...(maxInput === undefined ? {} : { maxInput }),
    ...(maxOutput === undefined ? {} : { maxOutput }),
  };
}

/** `ownFacts`: what the user says of models. */
export const describeModel = (model: OfferedModel, list: ModelList, ownFacts: readonly OwnFacts[]): unknown =>
  list.model(listed(model, ownFacts));

export const describeModels = (
  models: readonly OfferedModel[],
  list: ModelList,
  ownFacts: readonly OwnFacts[],
): unknown => list.models(models.map((model) => listed(model, ownFacts)));
