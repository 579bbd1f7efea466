// Models that are made of models: the next one is asked when one cannot answer.
import { z } from 'zod';

const element = z
  .string('must be the name of a model')
  .refine((name) => name.trim() !== '', 'must be the name of a model');

/** By the name that clients ask for; the elements are names that a client could ask for, in the order they are tried. */
export const modelChains = z
  .record(z.string(), z.array(element).min(1, 'must name at least one model'))
  .superRefine((chains, context) => {
    const names = new Set(Object.keys(chains).map(folded));
    const seen = new Set<string>();
    for (const [chain, elements] of Object.entries(chains)) {
      if (folded(chain) === '')
        context.addIssue({ code: 'custom', path: [chain], message: 'a chain must have a name' });
      if (seen.has(folded(chain)))
        context.addIssue({ code: 'custom', path: [chain], message: 'has the name of another chain' });
      seen.add(folded(chain));
      for (const [index, name] of elements.entries()) {
        // Its own name means the model that it hides.
        if (!names.has(folded(name)) || folded(name) === folded(chain)) continue;
        const message = 'must not name another chain';
        context.addIssue({ code: 'custom', path: [chain, index], message });
      }
    }
  });

const folded = (name: string) => name.trim().toLowerCase();
