import { createHash, randomUUID } from "node:crypto";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { reportSla } from "../../../db/jobs/report-sla";
import { findChromium } from "../../../db/local/test-tools.mjs";
import { findBrowser } from "../../../db/sla/report/browser";
import { listReportMessages } from "../../../db/sla/report/list-report-messages";
import { getReport, listReports } from "../../../db/sla/report/list-reports";
import { PdfFailure, printPdf } from "../../../db/sla/report/print-pdf";
import { htmlOf, pdfOf } from "../../../db/sla/report/print-report";
import { sendReports } from "../../../db/sla/report/send-reports";
import { insertPlainFact } from "./plain-fact";
import { openSlaStage, type SlaStage } from "./sla-stage";

const asOf = new Date();
process.env.CHROMIUM ??= findChromium();
const browser = findBrowser();
let stage: SlaStage;
let folder: string;
let runId: string;

beforeAll(async () => {
  stage = await openSlaStage();
  folder = mkdtempSync(join(tmpdir(), "securyflex-reports-test-"));
  runId = randomUUID();
  await stage.appOwner`
    insert into operation_runs (id, operation, input, target, server, plan, digest, risk, exclusive_key, state)
    values (${runId}, 'make-sla-report', '{}', 'clients', 'console', '{}', '', 'low', 'sla-reports', 'queued')`;
});
beforeEach(async () => {
  await stage.appOwner`truncate sla_reports, sla_shift_facts, sla_assignment_facts, sla_progress`;
  await stage.owner.execute("truncate ops_deliveries");
});
afterEach(() => vi.unstubAllEnvs());
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await stage.end();
});

const document = JSON.stringify({
  client: { id: 12, name: "=Hôtel <De> Kroon" },
  kind: "weekly",
  period: { from: "2026-11-16", until: "2026-11-22" },
  definition: 1,
  factsAsOf: "2026-11-25T05:00:00.000Z",
  firstAsOf: "2026-11-25T05:00:00.000Z",
  unfrozenShifts: 0,
  isFinal: true,
  current: null,
  previousPeriod: { from: "2026-11-09", until: "2026-11-15" },
  previous: null,
  ...{ targets: [], locations: [], worstShifts: [], corrections: [], correctionCount: 0, addedSinceFirst: 0 },
});
const digest = createHash("sha256").update(document).digest("hex");
const kept = { document, digest, factsAsOf: new Date("2026-11-25T05:00:00Z") };

async function keep(changes: Record<string, unknown> = {}): Promise<string> {
  const id = randomUUID();
  const row = {
    ...{ id, run_id: runId, client_id: 12, client_name: "=Hôtel <De> Kroon", kind: "weekly", definition: 1 },
    ...{ from_on: "2026-11-16", until_on: "2026-11-22", facts_as_of: kept.factsAsOf, first_as_of: kept.factsAsOf },
    ...{ unfrozen_shifts: 0, is_final: true, is_sent: true, document, digest, size_bytes: 1, made_at: asOf },
    ...changes,
  };
  await stage.appOwner`insert into sla_reports ${stage.appOwner(row as never)}`;
  return id;
}

const send = (ways: { hasWebhook?: boolean; directory?: string | null }, signal = new AbortController().signal) =>
  sendReports(
    { operate: stage.owner, write: stage.ground.write, signal },
    { ways: { hasWebhook: false, directory: null, problem: null, ...ways }, asOf },
  );

const labels = ["Metric", "Result", "Counted", "Range", "Before", "Shifts left out", "Target"];
const table = `<table><thead><tr>${labels.map((label) => `<th scope="col">${label}</th>`).join("")}</tr></thead>
  <tbody><tr>${labels.map(() => "<td>97.5 %</td>").join("")}</tr></tbody></table>`;

test("a report is a PDF by Chromium, the same to the byte each time, and leaves nothing behind", async () => {
  const place = mkdtempSync(join(tmpdir(), "sf-"));
  vi.stubEnv("TMPDIR", place);
  const pdf = await pdfOf(browser, kept);
  expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
  expect(pdf.includes("Inter")).toBe(true);
  const tabular = htmlOf(kept).replace("</main>", `${table}</main>`);
  const [one, ...others] = await Promise.all(
    Array.from({ length: 5 }, () => printPdf(browser, tabular, { at: kept.factsAsOf })),
  );
  expect(one?.includes("/Headers")).toBe(true);
  for (const other of others) expect(other.equals(one as Buffer)).toBe(true);
  expect(readdirSync(place)).toEqual([]);
  rmSync(place, { recursive: true });
});

test("without Chromium, with one that fails and with one that does not end there is no PDF, and it is told why", async () => {
  const script = (name: string, text: string) => {
    const path = join(folder, name);
    writeFileSync(path, `#!/bin/sh\n${text}\n`);
    chmodSync(path, 0o755);
    return { path };
  };
  const print = (given: Parameters<typeof printPdf>[0], timeoutMs = 30_000) =>
    printPdf(given, htmlOf(kept), { at: asOf, timeoutMs }).catch((error: unknown) => error);
  const told = async (given: Parameters<typeof printPdf>[0], timeoutMs?: number) => {
    const failure = await print(given, timeoutMs);
    expect(failure).toBeInstanceOf(PdfFailure);
    return (failure as PdfFailure).message;
  };
  expect(await told(findBrowser("/nowhere/chromium"))).toContain("There is no Chromium at /nowhere/chromium");
  expect(await told(findBrowser("off"))).toBe("PDFs are off: CHROMIUM.");
  expect(await told(script("failing", "exit 3"))).toBe("Chromium failed with 3; no PDF was made.");
  expect(await told(script("empty", "exit 0"))).toBe("Chromium ended without a PDF.");
  expect(await told(script("endless", "sleep 300"), 200)).toContain("did not end in time");
  const environment = join(folder, "seen");
  await told(script("spying", `env > ${environment}`));
  expect(readFileSync(environment, "utf8")).not.toMatch(/DATABASE|SECRET|TEST_POSTGRES/);
});

test("a report that is to leave is handed to the outbox once, with the text that its digest proves", async () => {
  const id = await keep();
  await keep({ is_sent: false });
  await keep({ made_at: new Date(+asOf - 8 * 86_400_000) });
  expect(await send({ hasWebhook: true })).toEqual({ told: 1, filed: 0, failed: 0 });
  expect(await send({ hasWebhook: true })).toEqual({ told: 0, filed: 0, failed: 0 });
  expect(await listReportMessages(stage.owner, [id])).toMatchObject([{ messageId: id, state: "waiting" }]);
  const [row] = await stage.owner.execute<{ type: string; body: Record<string, unknown> }>(
    "select type, body from ops_deliveries",
  );
  expect(row?.type).toBe("sla_report");
  expect(row?.body).toMatchObject({ report_id: id, client_id: 12, is_final: true, digest });
  expect(createHash("sha256").update(String(row?.body.document)).digest("hex")).toBe(digest);
});

test("a report is filed whole under a harmless name, and what cannot be written is told and tried again", async () => {
  const id = await keep();
  expect(await send({ directory: join(folder, "nowhere") })).toEqual({ told: 0, filed: 0, failed: 1 });
  expect(await getReport(stage.appDb, id)).toMatchObject({
    filedAt: null,
    filingFailure: "REPORTS_DIRECTORY could not be written: ENOENT.",
  });
  const place = mkdtempSync(join(folder, "place-"));
  expect(await send({ directory: place })).toEqual({ told: 0, filed: 1, failed: 0 });
  expect(await send({ directory: place })).toEqual({ told: 0, filed: 0, failed: 0 });
  const name = `sla-2026-11-16-2026-11-22-client-12-hotel-de-kroon-${digest.slice(0, 8)}`;
  expect(readdirSync(place).sort()).toEqual([`${name}.html`, `${name}.json`, `${name}.pdf`]);
  expect(readFileSync(join(place, `${name}.json`), "utf8")).toBe(document);
  expect(readFileSync(join(place, `${name}.html`), "utf8")).toContain("=Hôtel &lt;De&gt; Kroon");
  expect(await getReport(stage.appDb, id)).toMatchObject({ fileName: name, filingFailure: null });
});

test("the schedule asks once for the reports of a week, and later for those that were not final", async () => {
  for (const [name, value] of Object.entries(stage.environment)) vi.stubEnv(name, value);
  const ask = (slot: string) =>
    reportSla.run({
      ...stage.ground,
      ...{ operate: stage.owner, slot: new Date(slot), signal: new AbortController().signal },
    });
  const runs = () => stage.appOwner<{ input: object }[]>`
    select input from operation_runs where id <> ${runId} order by requested_at`;
  expect(await ask("2026-11-24T05:00:00Z")).toBe("No report is due today.");
  expect(await ask("2026-11-23T05:00:00Z")).toBe("Nothing is to be reported of 2026-11-16 to 2026-11-22.");
  const client = { client_id: 12, client_name: "De Kroon", local_date: "2026-11-18" };
  await insertPlainFact(stage.appOwner, { shift_id: 1, ...client });
  expect(await ask("2026-11-23T05:00:00Z")).toMatch(/^Asked for the weekly reports: \/operations\/[0-9a-f-]{36}$/);
  expect(await ask("2026-11-23T05:00:00Z")).toBe(await ask("2026-11-23T05:00:00Z"));
  await keep();
  expect(await ask("2026-11-25T05:00:00Z")).toBe("Nothing is to be reported of 2026-11-16 to 2026-11-22.");
  await stage.appOwner`truncate sla_reports`;
  await keep({ is_final: false, unfrozen_shifts: 1 });
  expect(await ask("2026-11-25T05:00:00Z")).toContain("Asked for the weekly reports");
  const week = { from: "2026-11-16", until: "2026-11-22", send: "yes" };
  expect((await runs()).map(({ input }) => input)).toEqual([
    { ...week, final: "yes" },
    { ...week, final: "no" },
  ]);
  expect(await listReports(stage.appDb, { clientId: 12 })).toHaveLength(1);
});
