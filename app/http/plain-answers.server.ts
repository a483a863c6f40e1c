import { createHash, timingSafeEqual } from "node:crypto";

import type { Express, Request, Response } from "express";

import { outageOf } from "../../db/outages";
import { isPermitted, type Permission } from "../auth/permissions";
import { getRecentlySignedIn } from "../auth/recently-signed-in.server";
import type { SignedIn } from "../auth/signed-in";
import { recordFailure } from "./failure-log.server";
import { refuse } from "./refusal.server";
import { runInRequest } from "./request-context.server";

/** What the server answers itself because Remix cannot, such as a stream of events. Only GET. */
export type PlainAnswer = SignedInAnswer | TokenAnswer;

export type SignedInAnswer = {
  path: string;
  permission: Permission;
  /** A stream registers itself with `openStream` and calls `res.locals.releaseSlot()`, so that it blocks no page. */
  answer: (req: Request, res: Response, signedIn: SignedIn) => void | Promise<void>;
};

/** For machines that cannot sign in: they carry `Authorization: Bearer <token>`. Not there while the variable is unset. */
export type TokenAnswer = {
  path: string;
  token: () => string | undefined;
  answer: (req: Request, res: Response) => void | Promise<void>;
};

/** Each answer behind its permission or token: 401 unknown, 403 not permitted, 503 where a database is gone. */
export function mountPlainAnswers(app: Express, answers: readonly PlainAnswer[]): void {
  for (const one of answers) {
    app.get(one.path, (req, res) =>
      runInRequest(res.locals.context, async () => {
        try {
          await ("token" in one ? answerMachine(one, req, res) : answerSignedIn(one, req, res));
        } catch (error) {
          refuseFailed(req, res, error);
        }
      }),
    );
  }
}

async function answerSignedIn({ permission, answer }: SignedInAnswer, req: Request, res: Response): Promise<void> {
  const signedIn = await getRecentlySignedIn(webRequest(req));
  if (!signedIn) refuse(req, res, { status: 401, title: "You are signed out", message: "Sign in again." });
  else if (!isPermitted(signedIn.staff.role, permission)) {
    const message = `The role ${signedIn.staff.role} may not see this.`;
    refuse(req, res, { status: 403, title: "This is not open to your role", message });
  } else await answer(req, res, signedIn);
}

async function answerMachine({ token, answer }: TokenAnswer, req: Request, res: Response): Promise<void> {
  const expected = token();
  if (!expected) refuse(req, res, { status: 404, title: "Not found", message: "The console has no such page." });
  else if (!isSame(req.get("authorization") ?? "", `Bearer ${expected}`)) {
    refuse(req, res, { status: 401, title: "The token is not right", message: "Send it as Authorization: Bearer." });
  } else await answer(req, res);
}

/** Takes the same time wherever the first difference stands. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
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
