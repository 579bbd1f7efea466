import { problems as kinds, type ProblemCode } from '../../../src-shared/problem.ts';

const sentences = Object.fromEntries(Object.entries(kinds).map(([code, { sentence }]) => [code, sentence]));

/** By the code of a failed call. */
export const problems = {
  ...(sentences as Readonly<Record<ProblemCode, string>>),
  unreachable: 'The server is not responding.',
};
