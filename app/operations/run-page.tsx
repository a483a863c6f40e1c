import { Form } from "@remix-run/react";
import type { ReactNode } from "react";

import { Button, ButtonLink } from "~/ui/button";
import { ConfirmDialog } from "~/ui/confirm-dialog";
import { EmptyState } from "~/ui/empty-state";
import { TextField } from "~/ui/field";
import { KeyValue } from "~/ui/key-value";
import { Page, Section } from "~/ui/page";
import { type Column, DataTable } from "~/ui/table";
import { Age, Time } from "~/ui/time";
import { useRefresh } from "~/ui/use-refresh";
import type { Fact } from "../../db/operation";
import { PlanSection } from "./plan-section";
import { RowsSection } from "./rows-section";
import type { RunRead } from "./run.server";
import { StateBadge } from "./run-badges";

const facts: Column<Fact>[] = [
  { id: "label", header: "Measured", cell: ({ label }) => label },
  { id: "before", header: "Before", cell: ({ before }) => <span className="[overflow-wrap:anywhere]">{before}</span> },
  {
    id: "after",
    header: "After",
    isFilling: true,
    cell: ({ after }) => <span className="[overflow-wrap:anywhere]">{after}</span>,
  },
];

/** One run of any operation: what was asked, how far it is, what it said, what became of it. */
export function RunPage({
  read,
  refusal,
  children,
}: {
  read: RunRead;
  refusal: string | undefined;
  /** What it told outside. */
  children: ReactNode;
}) {
  const { run, log, title, undo, hasWorker, mayCancel, readAt } = read;
  const rows = (run.proof ?? []).flatMap(({ row, ...fact }) => (row ? [{ ...fact, row }] : []));
  return (
    <Page
      title={`${title}: ${run.target}`}
      age={
        <>
          Read <Age at={readAt} />
        </>
      }
      actions={
        <>
          {mayCancel && (
            <Form method="post" id="cancel-run">
              <input type="hidden" name="intent" value="cancel" />
              <ConfirmDialog
                label="Call it off"
                form="cancel-run"
                title="Call this run off?"
                description="What has not begun will not begin; what runs is stopped and cleared up."
                confirm="Call it off"
              />
            </Form>
          )}
          {read.mayReadAll && (
            <ButtonLink to="/operations" tone="quiet">
              All operations
            </ButtonLink>
          )}
        </>
      }
    >
      {run.endedAt === null && <Refresh />}
      {refusal && (
        <p role="alert" className="rounded-md bg-critical-soft px-3 py-2 text-critical">
          {refusal}
        </p>
      )}
      <Section>
        <div className="flex flex-col gap-3" aria-live="polite">
          <p className="flex flex-wrap items-center gap-2">
            <StateBadge state={run.state} />
            <span>{run.outcome ?? describeOpen(read)}</span>
          </p>
          {run.state === "queued" && !hasWorker && (
            <p className="text-critical">No worker is alive, so nothing begins. Start one with npm run worker.</p>
          )}
          {run.state === "running" && run.progress && <ProgressLine progress={run.progress} />}
        </div>
      </Section>
      <ApproveSection read={read} />
      {rows.length > 0 && <RowsSection run={run} facts={rows} />}
      {run.proof && run.proof.length > rows.length && (
        <Section title="Proof" flush>
          <DataTable
            caption="Measured before and after"
            rows={run.proof}
            columns={facts}
            rowId={({ label }) => label}
            empty={null}
          />
        </Section>
      )}
      {children}
      <PlanSection plan={run.plan} risk={run.risk} undo={undo} />
      <Section title="Log" flush>
        <Log log={log} />
      </Section>
      <Section title="Who and when">
        <KeyValue
          entries={[
            {
              label: "Asked by",
              value: run.requesterName ?? "the schedule",
              note: <Time at={run.requestedAt} style="full" />,
            },
            { label: "Reason", value: run.reason ?? "none was asked for" },
            ...(run.risk === "critical"
              ? [
                  {
                    label: "Approved by",
                    value: run.approverName ?? "nobody",
                    note: <Time at={run.approvedAt} style="full" none="" />,
                  },
                ]
              : []),
            ...(run.cancelRequestedAt
              ? [
                  {
                    label: "Called off by",
                    value: run.cancellerName,
                    note: <Time at={run.cancelRequestedAt} style="full" />,
                  },
                ]
              : []),
            { label: "Began", value: <Time at={run.startedAt} style="full" none="not yet" /> },
            { label: "Ended", value: <Time at={run.endedAt} style="full" none="not yet" /> },
            { label: "Attempts", value: run.attempt },
            { label: "Run", value: <code className="font-mono text-xs">{run.id}</code> },
            { label: "Plan", value: <code className="font-mono text-xs">{run.digest}</code> },
          ]}
        />
      </Section>
    </Page>
  );
}

function Refresh() {
  useRefresh(2);
  return null;
}

function describeOpen({ run, isOwn }: RunRead): string {
  if (run.state === "queued") return "It begins as soon as a worker is free and nothing excludes it.";
  if (run.state === "running") return run.cancelRequestedAt ? "It was told to stop." : "It runs.";
  return isOwn
    ? "It waits for a second person; you asked for it and may not approve it."
    : "It waits for the approval of a second person.";
}

function ProgressLine({ progress }: { progress: NonNullable<RunRead["run"]["progress"]> }) {
  const percent = progress.doneRatio === null ? null : Math.floor(progress.doneRatio * 100);
  return (
    <p className="flex flex-wrap items-center gap-3">
      <progress
        aria-label="Progress"
        className="h-2 w-64 max-w-full"
        max={100}
        {...(percent === null ? {} : { value: percent })}
      />
      <span className="text-muted">
        {progress.phase}
        {percent !== null && ` · ${percent} %`}
      </span>
    </p>
  );
}

function ApproveSection({ read: { run, mayApprove } }: { read: RunRead }) {
  if (!mayApprove) return null;
  return (
    <Section title="Approve" note={`Asked for by ${run.requesterName ?? "the schedule"}: ${run.reason}`}>
      <Form method="post" className="flex max-w-xl flex-col gap-3">
        <input type="hidden" name="intent" value="approve" />
        <input type="hidden" name="digest" value={run.digest} />
        <TextField
          name="password"
          type="password"
          label="Your password"
          hint="You approve the plan below, to the letter. It lapses where anything of it moved since."
          required
          autoComplete="current-password"
        />
        <div>
          <Button type="submit" tone="danger">
            Approve
          </Button>
        </div>
      </Form>
    </Section>
  );
}

function Log({ log }: { log: RunRead["log"] }) {
  if (log.length === 0) return <EmptyState title="It has said nothing yet" />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a long log scrolls, also by keyboard.
    <section aria-label="Log" tabIndex={0} className="max-h-80 overflow-auto">
      <ol className="flex flex-col gap-1 px-4 py-3 font-mono text-xs">
        {log.map(({ id, at, line }) => (
          <li key={id} className="flex gap-3">
            <span className="shrink-0 text-muted">
              <Time at={at} style="second" />
            </span>
            <span className="[overflow-wrap:anywhere]">{line}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
