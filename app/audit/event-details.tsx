import { useSearchParams } from "@remix-run/react";
import { X } from "lucide-react";
import { ButtonLink } from "~/ui/button";
import { KeyValue } from "~/ui/key-value";
import { Section } from "~/ui/page";
import { Time } from "~/ui/time";
import type { AuditRecord } from "../../db/console/list-audit-events";
import { OutcomeBadge } from "./outcome-badge";
import { searchWith } from "./trail-search";

/** One event in full. Its address is its permalink. */
export function EventDetails({ event }: { event: AuditRecord }) {
  const [search] = useSearchParams();
  const details = Object.entries(event.details);
  return (
    <Section
      title={`Event ${event.id}`}
      actions={
        <>
          <ButtonLink size="sm" tone="quiet" to={`/audit?event=${event.id}`}>
            Permalink
          </ButtonLink>
          <ButtonLink
            size="sm"
            tone="quiet"
            to={`/audit${searchWith(search, { event: null })}`}
            preventScrollReset
            aria-label="Close the event"
            className="px-1.5"
          >
            <X />
          </ButtonLink>
        </>
      }
    >
      <KeyValue
        entries={[
          { label: "Outcome", value: <OutcomeBadge outcome={event.outcome} /> },
          { label: "Action", value: <code className="font-mono text-xs">{event.action}</code> },
          { label: "Time", value: <Time at={event.at} style="full" /> },
          { label: "Person", value: event.staffName ?? "nobody signed in", note: event.staffEmail },
          { label: "Target", value: event.target ?? "none" },
          { label: "Reason", value: event.reason ?? "none given" },
          { label: "Request", value: <code className="font-mono text-xs">{event.requestId ?? "none"}</code> },
          ...details.map(([label, value]) => ({ label, value: <DetailValue value={value} /> })),
        ]}
      />
    </Section>
  );
}

function DetailValue({ value }: { value: unknown }) {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return String(value);
  return <pre className="overflow-x-auto font-mono text-xs">{JSON.stringify(value, null, 2)}</pre>;
}
