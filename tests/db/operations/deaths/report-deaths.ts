import { insertPlainFact } from "../../sla/plain-fact";
import type { DeathCase } from "./death-case";

let clientCount = 0;

/** Operations that keep what clients are told. */
export const reportDeaths: Record<string, DeathCase> = {
  "make-sla-report": {
    prepare: async ({ consoleOwner }) => {
      clientCount += 1;
      const client = 5000 + clientCount;
      const fact = { client_id: client, client_name: `Client ${client}`, local_date: "2026-11-18" };
      await insertPlainFact(consoleOwner, { shift_id: 9_000_000 + clientCount, ...fact });
      return {
        input: { from: "2026-11-16", until: "2026-11-22", client },
        countDone: async () => (await consoleOwner`select from sla_reports where client_id = ${client}`).length,
      };
    },
  },
  "set-sla-target": {
    prepare: async ({ consoleOwner }) => {
      clientCount += 1;
      const percent = clientCount / 10;
      const ratio = Number((percent / 100).toFixed(4));
      const countDone = async () =>
        (await consoleOwner`select from sla_targets where metric = 'cancelled' and ratio = ${ratio}`).length;
      return { input: { metric: "cancelled", percent, from: "2099-01-01", why: "A contract" }, countDone };
    },
  },
  "try-sla-definition": {
    prepare: async ({ consoleOwner }) => {
      clientCount += 1;
      const client = 5000 + clientCount;
      const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
      const fact = { client_id: client, client_name: `Client ${client}`, local_date: yesterday };
      await insertPlainFact(consoleOwner, { shift_id: 9_000_000 + clientCount, ...fact });
      const onTimeMinutes = 5 + clientCount;
      const countDone = async () =>
        (
          await consoleOwner`
            select from operation_runs where operation = 'try-sla-definition' and state = 'done'
              and input ->> 'client' = ${String(client)}`
        ).length;
      return { input: { onTimeMinutes, client }, countDone };
    },
  },
};
