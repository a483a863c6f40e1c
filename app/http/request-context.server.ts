import { AsyncLocalStorage } from "node:async_hooks";

import type { SignedIn } from "../auth/signed-in";

/** What the front server found out about the request under way. Nothing in it is taken from the client's word. */
export type RequestContext = {
  requestId: string;
  /** Of the client; behind a trusted proxy the one that the proxy saw. */
  address: string;
  /** True where the browser speaks https. */
  isSecure: boolean;
  /** Set by the guard. */
  staffId?: string;
  /** Asked once by the first guard. */
  signedIn?: Promise<SignedIn | undefined>;
  setHeader: (name: string, value: string) => void;
};

// One storage a process: the front server and the Remix build each load this module.
const shared = globalThis as { consoleRequests?: AsyncLocalStorage<RequestContext> };
shared.consoleRequests ??= new AsyncLocalStorage<RequestContext>();
const requests = shared.consoleRequests;

export function runInRequest<Result>(context: RequestContext, work: () => Result): Result {
  return requests.run(context, work);
}

/** Undefined outside a request of the front server. */
export function currentRequest(): RequestContext | undefined {
  return requests.getStore();
}
