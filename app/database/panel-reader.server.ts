import { watchedDatabase } from "../../db/connections";
import { type PanelReading, readPanel } from "../../db/database/read-panel";
import { readServerProfile, type ServerProfile } from "../../db/database/server-profile";
import { unreadableReason } from "../../db/database/unreadable-reason";
import type { Panel } from "../../db/panel";
import { refreshSeconds } from "./refresh-seconds";

/** A little less than a page waits, so that twenty tabs ask the server no more often than one. */
const freshSeconds = refreshSeconds - 0.5;
const profileSeconds = 60;

type Shared<Answer> = { askedAt: number; answer: Promise<Answer> };
const readings = new Map<string, Shared<PanelReading>>();
let profile: Shared<ServerProfile> | undefined;

/**
 * The panel as the server answers it now. However many pages ask, the server is asked once in 10 s, and over two
 * connections. Never throws.
 */
export function readPanelNow(panel: Panel): Promise<PanelReading> {
  const known = readings.get(panel.id);
  if (known && Date.now() - known.askedAt < freshSeconds * 1000) return known.answer;
  const answer = readProfile().then(
    (server) => readPanel(watchedDatabase(), panel, server),
    (error: unknown) => ({ state: "unreadable" as const, readAt: new Date(), sentence: unreadableReason(error) }),
  );
  readings.set(panel.id, { askedAt: Date.now(), answer });
  return answer;
}

/** What the server is, asked once a minute. Throws where it does not answer. */
export function readProfile(): Promise<ServerProfile> {
  if (!profile || Date.now() - profile.askedAt > profileSeconds * 1000) {
    const asked = { askedAt: Date.now(), answer: readServerProfile(watchedDatabase()) };
    profile = asked;
    asked.answer.catch(() => {
      if (profile === asked) profile = undefined;
    });
  }
  return profile.answer;
}
