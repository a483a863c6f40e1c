import { anchorFile, keepAnchor, readAnchors } from "../audit/anchors";
import { readEnvironment } from "../environment";
import { defineJob } from "./job";

export const anchorAudit = defineJob({
  id: "anchor-audit",
  title: "Anchor the audit trail",
  purpose:
    "Writes the end of the trail's chain to a file, and to AUDIT_ANCHOR_URL, where the database cannot reach it.",
  schedule: "* * * * *",
  timeoutSeconds: 30,
  attempts: 2,
  run: async ({ write, slot }) => {
    const [head] = await write(
      (sql) => sql<{ position: string; hash: string; origin: string }[]>`
        select position::text, encode(hash, 'hex') as hash,
               (select encode(hash, 'hex') from audit_links where position = 1) as origin
        from audit_links order by audit_links.position desc limit 1`,
    );
    if (!head) return "The trail is empty.";
    const environment = readEnvironment();
    const file = anchorFile();
    const anchor = { at: slot.toISOString(), ...head, position: Number(head.position) };
    const last = (await readAnchors(environment, file)).anchors.at(-1);
    if (last?.hash === anchor.hash) return `Nothing was added since link ${last.position}.`;
    await keepAnchor(environment, file, anchor);
    return `Link ${anchor.position} is anchored.`;
  },
});
