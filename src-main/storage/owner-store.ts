// Which credential made a file or a batch, over restarts.

export interface OwnerStore {
  /** What stands for the credential that made `id`. Rejects with `StorageUnavailable` while nothing can be read. */
  find(id: string): Promise<string | undefined>;
  /** Of one id the last stays, and of all ids the last 100,000. */
  save(ids: readonly string[], credential: string): Promise<void>;
}

export const maxOwners = 100_000;
