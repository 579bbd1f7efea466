// Places of requests that run at the same time, between instances that share them.

/** Whose bound it is, and how many it lets run. */
export interface SlotBound {
  /** Equal over reloads and on all instances. */
  readonly id: string;
  readonly max: number;
}

export interface Slots {
  /**
   * Takes a place within each bound, or none: then the bound that is full everywhere together. While the instances
   * cannot be counted together, each counts for itself, and this gives undefined. Never rejects.
   */
  take(bounds: readonly SlotBound[]): Promise<SlotBound | undefined>;
  /** Gives back what was taken, once. Never rejects. */
  release(bounds: readonly SlotBound[]): void;
}
