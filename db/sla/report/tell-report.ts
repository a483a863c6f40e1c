import { createHash } from "node:crypto";

import type { ConsoleDatabase } from "../../connections";
import type { SlaCases } from "../../rules/sla/counts";
import { definitions, type MetricId } from "../../rules/sla/definitions";
import { slaDefinition } from "../../rules/sla/facts";
import type { ShareId } from "../../rules/sla/judge-counts";
import { judgeTarget } from "../../rules/sla/judge-target";
import type { Period } from "../../rules/sla/period";
import {
  type Report,
  type ReportCase,
  type ReportNumbers,
  type ReportTarget,
  reportCase,
} from "../../rules/sla/report/report";
import { reportKind } from "../../rules/sla/report/report-kind";
import type { SetTarget } from "../../rules/sla/target-spans";
import { tellTarget } from "../../rules/sla/tell-target";
import { readSlaByGroup, readSlaSummary, type SlaNumbers } from "../read-sla";
import { readTargets } from "../read-targets";
import { countAdded, listCorrections, listWorstShifts } from "./list-report-shifts";

/** What a report rests on beside the facts; kept with it, so that it comes out the same again. */
export type ReportBasis = {
  client: { id: number; name: string };
  period: Period;
  definition?: number;
  factsAsOf: Date;
  firstAsOf: Date;
  unfrozenShifts: number;
  isFinal: boolean;
};

/** The report of a client and period from what was frozen by `factsAsOf`: the same for the same basis. */
export async function tellReport(db: ConsoleDatabase, basis: ReportBasis): Promise<Report> {
  const { client, period, factsAsOf, firstAsOf, definition = slaDefinition, unfrozenShifts, isFinal } = basis;
  const question = { filter: { clientId: client.id, frozenBy: factsAsOf }, period };
  const scope = { clientId: client.id, period, factsAsOf, firstAsOf };
  const [summary, locations, worstShifts, corrected, addedSinceFirst, targets] = await Promise.all([
    readSlaSummary(db, question),
    readSlaByGroup(db, { ...question, by: "location" }),
    listWorstShifts(db, scope),
    listCorrections(db, scope),
    countAdded(db, scope),
    readTargets(db, { clientId: client.id, at: period.until, setBefore: factsAsOf }),
  ]);
  return {
    client,
    kind: reportKind(period),
    period,
    definition,
    factsAsOf: factsAsOf.toISOString(),
    firstAsOf: firstAsOf.toISOString(),
    unfrozenShifts,
    isFinal,
    current: told(summary.current),
    previousPeriod: summary.previousPeriod,
    previous: told(summary.previous),
    targets: summary.current ? tellTargets(targets, summary.current) : [],
    locations: locations.flatMap(({ key, label, current }) =>
      current ? [{ id: Number(key), name: label, shifts: current.counts.shifts, shares: current.shares }] : [],
    ),
    worstShifts,
    ...corrected,
    addedSinceFirst,
  };
}

/** Those of shares, in the order of the definitions. */
function tellTargets(targets: ReadonlyMap<MetricId, SetTarget>, { shares }: SlaNumbers): ReportTarget[] {
  return definitions.flatMap((definition) => {
    const target = targets.get(definition.id);
    if (!target || definition.measure !== "share") return [];
    const verdict = judgeTarget(shares[definition.id as ShareId], target, definition);
    return [{ metric: definition.id, text: tellTarget(definition.id, target), verdict: verdict ?? "nothing counted" }];
  });
}

/** The document to the byte, and what proves it. */
export function sealReport(report: Report): { document: string; digest: string; sizeBytes: number } {
  const document = JSON.stringify(report);
  return {
    document,
    digest: createHash("sha256").update(document).digest("hex"),
    sizeBytes: Buffer.byteLength(document),
  };
}

function told(numbers: SlaNumbers | null): ReportNumbers | null {
  if (!numbers) return null;
  const { counts, shares, cases } = numbers;
  const kinds = Object.keys(cases) as (keyof SlaCases)[];
  return {
    counts,
    shares,
    cases: Object.fromEntries(kinds.map((kind) => [kind, reportCase(cases[kind])])) as Record<
      keyof SlaCases,
      ReportCase
    >,
  };
}
