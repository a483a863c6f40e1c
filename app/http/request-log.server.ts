import type { RequestHandler } from "express";

import type { RequestContext } from "./request-context.server";
import type { ServerMode } from "./security-headers";
import { withoutSecrets } from "./without-secrets";

export type WriteLine = (line: string) => void;

/** One line for each answer: JSON in production. No query, no header, no body: these may hold what nobody may read. */
export function logRequests({ mode, writeLine }: { mode: ServerMode; writeLine: WriteLine }): RequestHandler {
  return (req, res, next) => {
    const startedAt = performance.now();
    res.once("close", () => {
      const context: RequestContext | undefined = res.locals.context;
      const line = {
        at: new Date().toISOString(),
        level: res.statusCode >= 500 ? "error" : "info",
        requestId: context?.requestId,
        staffId: context?.staffId,
        address: context?.address,
        method: req.method,
        path: withoutSecrets(req.originalUrl.split("?", 1)[0] ?? "").slice(0, 200),
        status: res.statusCode,
        isComplete: res.writableFinished,
        durationMs: Math.round(performance.now() - startedAt),
      };
      writeLine(
        mode === "production"
          ? JSON.stringify(line)
          : `${line.at.slice(11, 19)} ${line.method} ${line.path} ${line.status} ${line.durationMs} ms`,
      );
    });
    next();
  };
}
