// What Anthropic's model families take, told by their names (platform.claude.com/docs, November 2026; not tried live).

/** From 4.6 on a model is told an effort and chooses its budget; a fixed budget is deprecated or rejected. */
export const choosesBudget = (model: string): boolean => /^claude-[a-z]+-(4-[6-9]|[5-9])(?!\d)/.test(model);

/** From Opus 4.1 and the 4.5 models on, temperature and top-p may not stand together. */
export const takesOneOfSampling = (model: string): boolean => /^claude-[a-z]+-(4-[1-9]|[5-9])(?!\d)/.test(model);

export const efforts = ['low', 'medium', 'high', 'max'];
