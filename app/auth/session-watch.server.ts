import { consoleDatabase } from "../../db/connections";
import { listLivingSessions, touchSessions } from "../../db/console/sessions";
import { recordFailure } from "../http/failure-log.server";
import { endAllStreams, endStreamsOf, listStreamingSessions } from "../http/open-streams.server";
import { sessionLimits } from "./session-limits";

const everyMs = 1_000;
/** A stream whose session could not be checked for this long ends: whether it is revoked is unknown. */
const uncheckedSeconds = 30;

/**
 * Ends the streams of sessions that were revoked or ran out, wherever that was done, within 2 s. A session that streams
 * is in use. One query a second, none without streams.
 */
export function watchSessions(): { stop: () => void } {
  let checkedAt = Date.now();
  let isChecking = false;
  const check = async () => {
    const sessionIds = listStreamingSessions();
    if (isChecking) {
      if (Date.now() - checkedAt > uncheckedSeconds * 1000) endAllStreams();
      return;
    }
    isChecking = true;
    try {
      if (sessionIds.length > 0) await endEnded(sessionIds, new Date());
      checkedAt = Date.now();
    } catch (error) {
      recordFailure(error);
      if (Date.now() - checkedAt > uncheckedSeconds * 1000) endAllStreams();
    } finally {
      isChecking = false;
    }
  };
  const timer = setInterval(check, everyMs);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}

async function endEnded(sessionIds: string[], asOf: Date): Promise<void> {
  const { idleSeconds, touchSeconds } = sessionLimits;
  const living = await listLivingSessions(consoleDatabase(), { sessionIds, asOf, idleSeconds });
  endStreamsOf(sessionIds.filter((id) => !living.includes(id)));
  if (living.length > 0) {
    await touchSessions(consoleDatabase(), { sessionIds: living, asOf, everySeconds: touchSeconds });
  }
}
