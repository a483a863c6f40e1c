import { readPanel } from "../database/read-panel";
import { recordPanelReading } from "../database/record-panel-reading";
import { readServerProfile } from "../database/server-profile";
import { unreadableReason } from "../database/unreadable-reason";
import { panels } from "../panels";
import { defineJob } from "./job";

/** A slot may come a little early or late. */
const toleranceSeconds = 20;

export const readPanels = defineJob({
  id: "read-panels",
  title: "Read the panels",
  purpose:
    "Asks SecuryFlex what each panel of the database room asks, one after the other, and stores findings and history.",
  schedule: "* * * * *",
  timeoutSeconds: 55,
  attempts: 1,
  run: async ({ securyflex, write, signal, slot }) => {
    const lastReadAt = await write(async (sql) => {
      await sql`select turn_sample_partitions(${slot})`;
      const rows = await sql<{ panel: string; readAt: Date }[]>`select panel, read_at as "readAt" from panel_readings`;
      return new Map(rows.map(({ panel, readAt }) => [panel, readAt.getTime()]));
    });
    const isDue = ({ id, everySeconds = 60 }: (typeof panels)[number]) =>
      slot.getTime() - (lastReadAt.get(id) ?? 0) >= (everySeconds - toleranceSeconds) * 1000;
    const due = panels.filter(isDue);
    const server = await readServerProfile(securyflex).catch((error: unknown) => unreadableReason(error));
    let unreadCount = 0;
    let readMilliseconds = 0;
    for (const panel of due) {
      signal.throwIfAborted();
      const reading =
        typeof server === "string"
          ? { state: "unreadable" as const, readAt: new Date(), sentence: server }
          : await readPanel(securyflex, panel, server);
      if (reading.state === "unreadable") unreadCount += 1;
      else readMilliseconds += reading.tookMilliseconds;
      await write((sql) => recordPanelReading(sql, { panel, reading, slot }));
    }
    const cost = `${due.length} questions in ${Math.round(readMilliseconds)} ms`;
    return unreadCount === 0 ? `${cost}.` : `${cost}; ${unreadCount} could not be read.`;
  },
});
