import type { Express, Request, Response } from "express";

import { outageOf } from "../../db/outages";
import { isPermitted, type Permission } from "../auth/permissions";
import { getSignedIn, type SignedIn } from "../auth/require.server";
import { recordFailure } from "./failure-log.server";
import { refuse } from "./refusal.server";
import { runInRequest } from "./request-context.server";

/** What the server answers itself because Remix cannot, such as a stream of events. Only GET. */
export type PlainAnswer = {
  path: string;
  permission: Permission;
  /** A stream registers itself with `openStream` and calls `res.locals.releaseSlot()`, so that it blocks no page. */
  answer: (req: Request, res: Response, signedIn: SignedIn) => void | Promise<void>;
};

/** Each answer behind its permission: 401 signed out, 403 not permitted, 503 where a database is gone. */
export function mountPlainAnswers(app: Express, answers: readonly PlainAnswer[]): void {
  for (const { path, permission, answer } of answers) {
    app.get(path, (req, res) =>
      runInRequest(res.locals.context, async () => {
        try {
          const signedIn = await getSignedIn(webRequest(req));
          if (!signedIn) refuse(req, res, { status: 401, title: "You are signed out", message: "Sign in again." });
          else if (!isPermitted(signedIn.staff.role, permission)) {
            const message = `The role ${signedIn.staff.role} may not see this.`;
            refuse(req, res, { status: 403, title: "This is not open to your role", message });
          } else await answer(req, res, signedIn);
        } catch (error) {
          refuseFailed(req, res, error);
        }
      }),
    );
  }
}

function webRequest(req: Request): globalThis.Request {
  const headers = { cookie: req.headers.cookie ?? "" };
  return new Request(new URL(req.originalUrl, "http://console.invalid"), { headers });
}

function refuseFailed(req: Request, res: Response, error: unknown): void {
  if (outageOf(error)) {
    const message = "It comes back by itself as soon as the database does.";
    refuse(req, res, { status: 503, title: "The database does not answer", message, retryAfterSeconds: 5 });
    return;
  }
  recordFailure(error, { requestId: res.locals.requestId });
  refuse(req, res, { status: 500, title: "Something went wrong", message: "The failure is on record." });
}
