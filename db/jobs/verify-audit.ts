import { verifyWithAnchors } from "../audit/verify-with-anchors";
import { readEnvironment } from "../environment";
import { defineJob } from "./job";

export const verifyAudit = defineJob({
  id: "verify-audit",
  title: "Verify the audit trail",
  purpose: "Computes the chain of the trail again and holds it against its anchors, as npm run audit:verify does.",
  schedule: "37 * * * *",
  timeoutSeconds: 600,
  attempts: 2,
  run: async ({ write, slot }) => {
    const { eventCount, anchorCount, faults } = await verifyWithAnchors(readEnvironment());
    await write(
      (sql) => sql`
        insert into audit_verifications (slot, event_count, anchor_count, faults)
        values (${slot}, ${eventCount}, ${anchorCount}, ${faults})
        on conflict (slot) do update set verified_at = now(), event_count = excluded.event_count,
          anchor_count = excluded.anchor_count, faults = excluded.faults`,
    );
    return faults.length === 0 ? `${eventCount} events are whole.` : `The trail is NOT whole: ${faults[0]}`;
  },
});
