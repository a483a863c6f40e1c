import { Form } from "@remix-run/react";
import type { ReactNode } from "react";

import { Badge } from "~/ui/badge";
import { Button } from "~/ui/button";
import { EmptyState } from "~/ui/empty-state";
import { SelectField, TextField } from "~/ui/field";
import { FilterForm } from "~/ui/filter-form";
import { Page, Section } from "~/ui/page";
import { type Column, DataTable } from "~/ui/table";
import { Age } from "~/ui/time";
import type { ReportKind } from "../../../db/rules/sla/report/report-kind";
import { SlaTabs } from "../sla-tabs";
import { ReportDelivery } from "./delivery";
import type { ReportsRead } from "./read-reports.server";
import { ReportLinks } from "./report-links";

/** What clients were told, and how it left the console. */
export function ReportsPage({ read, notice }: { read: ReportsRead; notice: ReactNode }) {
  const { reports, clients, clientId, readAt, mayMake, isCut } = read;
  return (
    <Page
      title="SLA reports"
      description="What clients were told of a period. Each is made of frozen facts, so that it comes out the same again."
      age={
        <>
          Read <Age at={readAt} />
        </>
      }
    >
      <SlaTabs current="reports" />
      {notice}
      <Settings read={read} />
      {mayMake && <MakeSection read={read} />}
      {(reports.length > 0 || clientId !== null) && (
        <FilterForm clearTo={clientId === null ? null : "/sla/reports"}>
          <SelectField
            label="Reports of"
            name="client"
            defaultValue={clientId === null ? "" : String(clientId)}
            options={[{ value: "", label: "Every client" }, ...choicesOf(clients)]}
          />
        </FilterForm>
      )}
      <Section title="Reports" note={`newest first${isCut ? `; the newest ${reports.length}` : ""}`} flush>
        <DataTable
          caption="Reports"
          rows={reports}
          columns={columnsOf(read)}
          rowId={({ id }) => id}
          rowHref={({ id }) => `/sla/reports/${id}`}
          empty={
            <EmptyState title="No report was made yet">
              Each Monday at 06:00 the last week is reported for every client, and on the first the last month; what was
              not final then again two days later.
            </EmptyState>
          }
        />
      </Section>
    </Page>
  );
}

const choicesOf = (clients: ReportsRead["clients"]) =>
  clients.map(({ id, name }) => ({ value: String(id), label: name }));

const shorten: Record<ReportKind, (from: string, until: string) => string> = {
  weekly: (from) => `week from ${from}`,
  monthly: (from) => `month ${from.slice(0, 7)}`,
  other: (from, until) => `${from} to ${until}`,
};

function columnsOf(read: ReportsRead): Column<ReportsRead["reports"][number]>[] {
  return [
    { id: "client", header: "Client", cell: ({ clientName }) => clientName },
    {
      id: "period",
      header: "Period",
      cell: ({ fromOn, untilOn, kind }) => (
        <span title={`${fromOn} to ${untilOn}`}>{shorten[kind](fromOn, untilOn)}</span>
      ),
    },
    {
      id: "state",
      header: "State",
      cell: ({ isFinal, unfrozenShifts }) =>
        isFinal ? (
          <Badge severity="ok">final</Badge>
        ) : (
          <span title={`${unfrozenShifts} shifts were not frozen yet`}>
            <Badge severity="warning">not final</Badge>
          </span>
        ),
    },
    {
      id: "made",
      header: "Made",
      cell: ({ madeAt, madeBy }) => (
        <>
          <Age at={madeAt} /> <span className="text-muted">by {madeBy ?? "schedule"}</span>
        </>
      ),
    },
    {
      id: "delivery",
      header: "Delivery",
      isFilling: true,
      cell: (report) => <ReportDelivery report={report} read={read} />,
    },
    {
      id: "digest",
      header: "Digest",
      isWideOnly: true,
      cell: ({ digest }) => (
        <code title={digest} className="font-mono text-xs text-muted">
          {digest.slice(0, 12)}
        </code>
      ),
    },
    {
      id: "files",
      header: "Files",
      cell: ({ id, clientName, fromOn }) => (
        <ReportLinks id={id} name={`${clientName}, ${fromOn}`} browser={read.browser} />
      ),
    },
  ];
}

/** Why a report does not leave or has no PDF, while that is so. */
function Settings({ read: { ways, browser } }: { read: ReportsRead }) {
  const missing = [
    ...(ways.problem ? [ways.problem] : []),
    ...(ways.hasWebhook || ways.directory
      ? []
      : ["Reports stay here: neither WEBHOOK_URL nor REPORTS_DIRECTORY is set."]),
    ...("reason" in browser ? [browser.reason] : []),
  ];
  if (missing.length === 0) return null;
  return (
    <ul className="rounded-md border border-line bg-sunken px-3 py-2 text-muted">
      {missing.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}

function MakeSection({ read: { clients, clientId, lastWeek, ways } }: { read: ReportsRead }) {
  return (
    <Section title="Make a report" note="of a client and a period; its plan comes first">
      <Form method="get" action="/sla/reports/make" className="flex flex-wrap items-end gap-3">
        <SelectField
          label="Client"
          name="client"
          defaultValue={clientId === null ? "" : String(clientId)}
          options={[{ value: "", label: "Each client" }, ...choicesOf(clients)]}
        />
        <TextField label="From" name="from" type="date" defaultValue={lastWeek.from} required />
        <TextField label="Until" name="until" type="date" defaultValue={lastWeek.until} required />
        {(ways.hasWebhook || ways.directory) && (
          <SelectField
            label="Send it"
            name="send"
            options={[
              { value: "no", label: "It stays here" },
              { value: "yes", label: "As those of the schedule" },
            ]}
          />
        )}
        <Button type="submit" tone="primary">
          Show the plan
        </Button>
      </Form>
    </Section>
  );
}
