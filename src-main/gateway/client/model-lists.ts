// The offered models as clients see them.
import { listedSince } from '../../models/model-data.ts';
import { modelFacts } from '../../models/model-facts.ts';
import type { ListedModel, ModelList } from '../formats/client-side.ts';
import type { OfferedModel } from '../routing/credential.ts';

function listed({ name, owner, upstream }: OfferedModel): ListedModel {
  const { contextTokens: maxInput, outputTokens: maxOutput } = modelFacts(upstream);
  return {
    name,
    owner,
    created: listedSince,
    ...(maxInput === undefined ? {} : { maxInput }),
    ...(maxOutput === undefined ? {} : { maxOutput }),
  };
}

export const describeModel = (model: OfferedModel, list: ModelList): unknown => list.model(listed(model));

export const describeModels = (models: readonly OfferedModel[], list: ModelList): unknown =>
  list.models(models.map(listed));
