import { and, asc, eq } from "drizzle-orm";

import type { ConsoleDatabase } from "../../connections";
import { type SlaReport, slaReports } from "../../console/sla-reports";
import type { ConsoleTransaction } from "../../operation";
import { slaDefinition } from "../../rules/sla/facts";
import type { Period } from "../../rules/sla/period";
import { reportKind } from "../../rules/sla/report/report-kind";
import type { ReportScope } from "./count-unfrozen";
import { markReport } from "./marker";
import { sealReport, tellReport } from "./tell-report";

/**
 * Makes the report and keeps it under `id`; with the same id it is made once. `read` is a connection beside the
 * transaction, in which nothing is frozen until the report stands.
 */
export async function keepReport(
  transaction: ConsoleTransaction,
  read: ConsoleDatabase,
  asked: {
    id: string;
    runId: string;
    scope: ReportScope;
    period: Period;
    isOver: boolean;
    isSent: boolean;
    asOf: Date;
  },
): Promise<SlaReport> {
  const { id, runId, scope, period, isOver, isSent, asOf } = asked;
  const factsAsOf = await markReport(transaction, asOf);
  const [known] = await transaction.select().from(slaReports).where(eq(slaReports.id, id));
  if (known) return known;
  const { clientId, clientName, unfrozenShifts } = scope;
  const [first] = await transaction
    .select({ factsAsOf: slaReports.factsAsOf })
    .from(slaReports)
    .where(
      and(eq(slaReports.clientId, clientId), eq(slaReports.fromOn, period.from), eq(slaReports.untilOn, period.until)),
    )
    .orderBy(asc(slaReports.factsAsOf))
    .limit(1);
  const basis = {
    client: { id: clientId, name: clientName },
    period,
    factsAsOf,
    firstAsOf: first?.factsAsOf ?? factsAsOf,
    unfrozenShifts,
    isFinal: isOver && unfrozenShifts === 0,
  };
  const [kept] = await transaction
    .insert(slaReports)
    .values({
      ...{ id, runId, clientId, clientName, unfrozenShifts, isSent },
      kind: reportKind(period),
      fromOn: period.from,
      untilOn: period.until,
      definition: slaDefinition,
      factsAsOf,
      firstAsOf: basis.firstAsOf,
      isFinal: basis.isFinal,
      ...sealReport(await tellReport(read, basis)),
    })
    .returning();
  return kept as SlaReport;
}

/** The same report made again from the facts; its digest tells whether it is the same to the byte. */
export async function remakeReport(db: ConsoleDatabase, kept: SlaReport) {
  const { clientId, clientName, fromOn, untilOn, definition, factsAsOf, firstAsOf, unfrozenShifts, isFinal } = kept;
  return sealReport(
    await tellReport(db, {
      client: { id: clientId, name: clientName },
      period: { from: fromOn, until: untilOn },
      ...{ definition, factsAsOf, firstAsOf, unfrozenShifts, isFinal },
    }),
  );
}
