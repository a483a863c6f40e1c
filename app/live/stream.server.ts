import type { Request, Response } from "express";

import { recordFailure } from "~/http/failure-log.server";
import { countStreamsOf, openStream } from "~/http/open-streams.server";
import type { PlainAnswer } from "~/http/plain-answers.server";
import { refuse } from "~/http/refusal.server";
import { securyflex } from "../../db/connections";
import { beginLife } from "../../db/live/feed/begin-life";
import { createFeed, type Feed } from "../../db/live/feed/feed";
import { sideSources } from "../../db/live/feed/side-source";
import { readMarkedShifts } from "./marked-shifts.server";
import { toFrame } from "./stream-frame.server";

/** What may wait for a client that does not read, beside one event; then it is cut and resumes from its place. */
export const unreadBytes = 1024 * 1024;
/** More than any number of tabs that a person looks at. */
const mostStreamsOfSession = 24;

let feed: Feed<Buffer> | undefined;

function theFeed(): Feed<Buffer> {
  feed ??= createFeed({
    readShifts: readMarkedShifts,
    encode: toFrame,
    beginLife: () => beginLife(securyflex("console_ops")),
    sideSources,
    report: recordFailure,
  });
  return feed;
}

/**
 * What happens to the board, as it happens. Goes on from the place that `Last-Event-ID` or `after` names, on any
 * instance; without one it begins with what comes next.
 */
export const liveStream: PlainAnswer = {
  path: "/live/stream",
  permission: "live.read",
  answer: (req, res, { session, staff }) => {
    if (countStreamsOf(session.id) >= mostStreamsOfSession) {
      const message = "This session follows the live room in too many tabs. Close some.";
      refuse(req, res, { status: 429, title: "Too many streams", message, retryAfterSeconds: 10 });
      return;
    }
    res.set({
      "Content-Type": "text/event-stream",
      "Cache-Control": "no-store, no-transform",
      "X-Accel-Buffering": "no",
    });
    res.flushHeaders();
    if (req.method === "HEAD") {
      res.end();
      return;
    }
    const stream = openStream({ sessionId: session.id, staffId: staff.id });
    res.locals.releaseSlot();
    res.write("retry: 2000\n\n");
    const leave = theFeed().follow({
      position: askedPosition(req),
      take: writerTo(res),
      end: () => res.end(),
    });
    stream.signal.addEventListener("abort", () => res.end());
    res.on("close", () => {
      leave();
      stream.close();
    });
  },
};

function askedPosition(req: Request): string | null {
  const { after } = req.query;
  return req.get("last-event-id") || (typeof after === "string" && after !== "" ? after : null);
}

/** Cuts what does not read. One event may be larger than the cap: what waits behind it counts. */
function writerTo(res: Response): (frame: Buffer) => void {
  let largestBytes = 0;
  return (frame) => {
    if (res.destroyed || res.writableEnded) return;
    if (res.writableLength === 0) largestBytes = 0;
    if (res.writableLength - largestBytes > unreadBytes) {
      res.destroy();
      return;
    }
    largestBytes = Math.max(largestBytes, frame.length);
    res.write(frame);
  };
}
