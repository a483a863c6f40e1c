import type { RequestHandler } from "express";

import { readEnvironment } from "../../db/environment";
import { listPendingMigrations } from "../../db/migrations/pending";
import { isAnswering } from "../../db/probe";

const answerMs = 1_500;

/** 200 as long as the process lives; asks no database. */
export function answerHealth(): RequestHandler {
  return (_req, res) => {
    res.set("Cache-Control", "no-store").json({ status: "alive" });
  };
}

/** 200 where this process can serve; otherwise 503 with the reasons. */
export function answerReadiness(isStopping: () => boolean): RequestHandler {
  return async (_req, res) => {
    const reasons = isStopping() ? ["The server is stopping."] : await listReasons();
    res.set("Cache-Control", "no-store");
    if (reasons.length > 0) res.set("Retry-After", "5");
    res.status(reasons.length > 0 ? 503 : 200);
    res.json({ status: reasons.length > 0 ? "not ready" : "ready", reasons });
  };
}

async function listReasons(): Promise<string[]> {
  const [securyflex, own] = await Promise.all([
    isAnswering("console_read", answerMs),
    isAnswering("console_app", answerMs),
  ]);
  const silent = [
    ...(securyflex ? [] : ["The SecuryFlex database does not answer."]),
    ...(own ? [] : ["The console's own database does not answer."]),
  ];
  return silent.length > 0 ? silent : listPendingMigrations(readEnvironment());
}
