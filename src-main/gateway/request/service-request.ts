// A request to one of the routes beside the formats' own: it is not read as a conversation.
import type { ClientFormat } from '../formats/client-side.ts';
import type { UpstreamError } from '../model/events.ts';
import type { Candidate, Credential } from '../routing/credential.ts';
import type { Offer, Pool } from '../routing/pool.ts';
import type { Plan, PlanContext } from './plan.ts';

export interface ServiceRequest {
  readonly action: 'service';
  /** In which errors are told. */
  readonly format: ClientFormat;
  /** As the client named it; `''` for routes that belong to a key. */
  readonly model: string;
  /** Whether it is asked of the key that owns it: nobody else is asked, and what that says goes to the client. */
  readonly isOwned: boolean;
  /** Who can answer, of those that offer the model, or by the route's own rule. */
  readonly offers: (pool: Pool, named: readonly Offer[]) => readonly Offer[];
  /** When nobody can, though the model is known. */
  readonly notServed: () => UpstreamError;
  /** Id of the credential that made what it goes on from: that one is asked first. */
  readonly maker?: string | undefined;
  /** Whether the body can be sent once more. */
  readonly isRepeatable: () => boolean;
  /** Told how many can be asked, before the first is. */
  readonly choose: (candidates: readonly Candidate[]) => void;
  /** Rejects with `RequestError` when the request cannot be made of this candidate. */
  readonly plan: (candidate: Candidate, context: PlanContext) => Promise<Plan>;
  /** Told who answered. */
  readonly answered?: (credential: Credential) => void;
}
