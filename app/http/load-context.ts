import "@remix-run/node";

declare module "@remix-run/node" {
  /** What the front server hands to every loader, action and render. */
  interface AppLoadContext {
    cspNonce: string;
    /** Stands in the answer's X-Request-Id, in the log and on error pages. */
    requestId: string;
  }
}
