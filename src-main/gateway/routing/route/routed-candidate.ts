// A candidate as one of those that a request may go to.
import type { Candidate, Credential } from '../credential.ts';
import type { RouteElement } from './elements.ts';

export interface RoutedCandidate extends Candidate {
  /** Equal over reloads: the credential and the model it is asked for. */
  readonly key: string;
  readonly element: RouteElement;
}

export const candidateKey = (credential: Pick<Credential, 'id'>, model: string): string => `${credential.id}\n${model}`;
