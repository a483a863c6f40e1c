import { inArray } from "drizzle-orm";

import type { Database, Sql } from "../../connections";
import type { SlaReport } from "../../console/sla-reports";
import { opsDeliveries } from "../../schema";
import { findBrowser } from "./browser";
import { fileReport } from "./file-report";
import type { ReportWays } from "./report-ways";

export type SentReport = Pick<
  SlaReport,
  "id" | "clientId" | "clientName" | "kind" | "isFinal" | "document" | "digest" | "factsAsOf" | "fromOn" | "untilOn"
> & { isFiled: boolean };

type Ground = {
  operate: Database;
  write: <Result>(work: (sql: Sql) => Promise<Result>) => Promise<Result>;
  signal: AbortSignal;
};

/** A report that could not leave for so long stays. */
const lateDays = 7;

/**
 * Sends what is to leave by the ways that are set, each report once by each way, and goes on where it was cut off: a
 * message carries the id of its report, and a file its digest. One that fails does not hold up the others.
 */
export async function sendReports(
  { operate, write, signal }: Ground,
  { ways, asOf }: { ways: ReportWays; asOf: Date },
): Promise<{ told: number; filed: number; failed: number }> {
  const since = new Date(+asOf - lateDays * 86_400_000);
  const reports = await write(
    (sql) => sql<SentReport[]>`
      select id, client_id::float8 as "clientId", client_name as "clientName", kind, is_final as "isFinal", document,
             digest, facts_as_of as "factsAsOf", from_on::text as "fromOn", until_on::text as "untilOn",
             filed_at is not null as "isFiled"
      from sla_reports
      where is_sent and made_at > ${since}
      order by made_at, id`,
  );
  const told = ways.hasWebhook ? await tellByWebhook(operate, reports) : 0;
  let [filed, failed] = [0, 0];
  for (const report of ways.directory ? reports.filter(({ isFiled }) => !isFiled) : []) {
    signal.throwIfAborted();
    const outcome = await fileReport(ways.directory as string, report, { browser: findBrowser(), signal });
    if ("failure" in outcome) failed += 1;
    else filed += 1;
    const [filedAt, fileName, failure] =
      "failure" in outcome ? [null, null, outcome.failure] : [new Date(), outcome.name, outcome.note];
    await write(
      (sql) => sql`
        update sla_reports set filed_at = ${filedAt}, file_name = ${fileName}, filing_failure = ${failure}
        where id = ${report.id} and filed_at is null`,
    );
  }
  return { told, filed, failed };
}

/** Puts into the outbox what is not there yet; the receiver proves `document` by its digest. */
async function tellByWebhook(operate: Database, reports: readonly SentReport[]): Promise<number> {
  if (reports.length === 0) return 0;
  const known = await operate
    .select({ id: opsDeliveries.messageId })
    .from(opsDeliveries)
    .where(
      inArray(
        opsDeliveries.messageId,
        reports.map(({ id }) => id),
      ),
    );
  const fresh = reports.filter(({ id }) => !known.some((message) => message.id === id));
  if (fresh.length === 0) return 0;
  const added = await operate
    .insert(opsDeliveries)
    .values(
      fresh.map((report) => ({
        messageId: report.id,
        subject: `sla-report:${report.clientId}`,
        type: "sla_report",
        body: {
          ...{ report_id: report.id, client_id: report.clientId, client_name: report.clientName, kind: report.kind },
          ...{ from: report.fromOn, until: report.untilOn, is_final: report.isFinal },
          ...{ digest: report.digest, document: report.document },
        },
      })),
    )
    .onConflictDoNothing({ target: opsDeliveries.messageId })
    .returning({ id: opsDeliveries.id });
  return added.length;
}
