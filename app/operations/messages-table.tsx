import { Link } from "@remix-run/react";

import { Badge, type Severity } from "~/ui/badge";
import { EmptyState } from "~/ui/empty-state";
import { type Column, DataTable } from "~/ui/table";
import { Age } from "~/ui/time";
import type { Delivery } from "../../db/deliveries/list-deliveries";
import type { MessagesRead } from "./read-messages.server";

type Standing = { severity: Severity; label: string };

function standingOf({ state, attempts }: Delivery, hasReceiver: boolean): Standing {
  if (state === "delivered") return { severity: "ok", label: "delivered" };
  if (state === "dead") return { severity: "critical", label: "dead" };
  if (state === "lapsed") return { severity: "unknown", label: "lapsed, not sent" };
  if (!hasReceiver) return { severity: "unknown", label: "not configured" };
  return attempts > 0 ? { severity: "warning", label: "failed, waits" } : { severity: "notice", label: "waiting" };
}

/** What became of it, and what comes next. */
function Note({ delivery, hasReceiver }: { delivery: Delivery; hasReceiver: boolean }) {
  const { state, settledAt, failure, attempts, dueAt } = delivery;
  if (state === "delivered") return <Age at={settledAt} />;
  if (state === "lapsed") return "No webhook was set for a day.";
  const trouble = failure && `${failure} ${attempts} ${attempts === 1 ? "attempt" : "attempts"}.`;
  if (state === "dead") return trouble;
  if (!hasReceiver) return "No webhook is set: WEBHOOK_URL.";
  return (
    <>
      {trouble} Next <Age at={dueAt} />
    </>
  );
}

function columnsOf({ hasReceiver, mayRetry }: MessagesRead): Column<Delivery>[] {
  return [
    {
      id: "type",
      header: "Message",
      cell: ({ type, userName }) => (
        <>
          {type.replaceAll("_", " ")}
          <span className="text-muted">{userName === null ? "" : ` to ${userName}`}</span>
        </>
      ),
    },
    {
      id: "state",
      header: "Delivery",
      cell: (delivery) => {
        const { severity, label } = standingOf(delivery, hasReceiver);
        return <Badge severity={severity}>{label}</Badge>;
      },
    },
    {
      id: "note",
      header: "What became of it",
      isFilling: true,
      cell: (delivery) => (
        <span className="whitespace-normal">
          <Note delivery={delivery} hasReceiver={hasReceiver} />
          {mayRetry && ["dead", "lapsed"].includes(delivery.state) && (
            <Link
              className="ml-2 whitespace-nowrap text-accent underline underline-offset-2"
              to={`/operations/new/retry-delivery?delivery=${delivery.id}`}
              aria-label={`Send message ${delivery.id} again`}
            >
              Send again
            </Link>
          )}
        </span>
      ),
    },
    { id: "made", header: "Made", isWideOnly: true, cell: ({ createdAt }) => <Age at={createdAt} /> },
  ];
}

/** What was told outside, and whether it arrived. */
export function MessagesTable({ read, empty }: { read: MessagesRead; empty: string }) {
  return (
    <DataTable
      caption="Messages"
      rows={read.deliveries}
      columns={columnsOf(read)}
      rowId={({ id }) => id}
      empty={<EmptyState title="No message">{empty}</EmptyState>}
    />
  );
}
