// Requests to open the window: second starts, deep links, clicks on the dock icon. They may come before there is one.

type Show = (route?: string) => void;

export class WindowRequests {
  #show: Show | undefined;
  #pending: { readonly route: string | undefined } | undefined;

  /** Opens the window at `route`, at once or when it can be opened. The latest named route wins. */
  open(route?: string): void {
    if (this.#show !== undefined) this.#show(route);
    else this.#pending = { route: route ?? this.#pending?.route };
  }

  /** From now on requests are passed to `show`, the one that waits first; `defaultRoute` where it names none. */
  connect(show: Show, defaultRoute: string | undefined): void {
    this.#show = show;
    if (this.#pending !== undefined) show(this.#pending.route ?? defaultRoute);
    this.#pending = undefined;
  }
}
