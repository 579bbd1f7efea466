// Where sessions are bound, between instances that share them.

export interface BindingClaims {
  /**
   * Binds a session, unless it is bound already: then to where that is. `instead`: where it was bound before; only that
   * is replaced. What it is bound to afterwards. Rejects while nothing can be stored.
   */
  claim(session: string, binding: string, instead: string | undefined): Promise<string>;
}
