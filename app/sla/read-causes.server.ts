import type { ConsoleDatabase } from "../../db/connections";
import type { CaseKind } from "../../db/rules/sla/counts";
import { definitionOf } from "../../db/rules/sla/definitions";
import type { ShareId } from "../../db/rules/sla/judge-counts";
import { readDurationCases, readGroupNames, readShareCases } from "../../db/sla/read-group-cases";
import type { NumbersQuestion } from "./numbers-question";
import { type Causes, tellDurationCauses, tellShareCauses } from "./tell-causes";

/** Who moved the number that is asked for, by name; nobody where two clients are held against each other. */
export async function readCauses(
  db: ConsoleDatabase,
  { filter, period, against, metric, by }: NumbersQuestion,
): Promise<Causes> {
  const isShare = definitionOf(metric).measure === "share";
  if (against.kind === "client") return isShare ? tellShareCauses([]) : tellDurationCauses([]);
  const asked = { filter, period, against, by };
  const causes = isShare
    ? tellShareCauses(await readShareCases(db, { ...asked, metric: metric as ShareId }))
    : tellDurationCauses(await readDurationCases(db, { ...asked, kind: metric as CaseKind }));
  const names = await readGroupNames(db, { by, keys: causes.rows.map(({ key }) => key) });
  for (const row of causes.rows) row.label = names.get(row.key) ?? row.key;
  return causes;
}
