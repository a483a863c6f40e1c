import { Link } from "@remix-run/react";

import { EmptyState } from "~/ui/empty-state";
import { formatCount } from "~/ui/format";
import { Page, Section } from "~/ui/page";
import { StaleNotice } from "~/ui/stale-notice";
import { Age } from "~/ui/time";
import { DatabaseTabs } from "./database-tabs";
import { FindingsTable } from "./findings-table";
import { PanelGroups } from "./panel-groups";
import type { Overview } from "./read-overview.server";
import { TargetsSection } from "./targets-section";

/** What is wrong with the server, worst first, and every question that is asked of it. */
export function OverviewPage({ overview }: { overview: Overview }) {
  const { newest, isOverdue, findings, folded, targets, panels } = overview;
  const unread = panels.filter(({ state }) => state?.failure).length;
  return (
    <Page
      title="Database"
      description="What is wrong with the server of SecuryFlex, worst first, and every question that is asked of it."
      age={
        <>
          Read <Age at={newest} none="never yet" />
        </>
      }
    >
      <DatabaseTabs current="overview" />
      {newest && isOverdue && (
        <StaleNotice at={newest} reason="The worker reads the panels each minute; it is away or cannot write." />
      )}
      <Section
        title="Findings"
        note={
          newest === null
            ? undefined
            : `${panels.length - unread} of ${panels.length} panels could be read; what could not is unknown, not fine`
        }
        flush
      >
        {newest === null ? (
          <EmptyState title="Nothing was read yet">
            The worker asks every panel within its first minute. It runs inside npm start, or by npm run worker.
          </EmptyState>
        ) : (
          <FindingsTable findings={findings} />
        )}
        {folded.map(({ id, title, count }) => (
          <p key={id} className="border-t border-line px-4 py-2 text-muted">
            <Link to={`/database/${id}`} className="text-accent underline">
              {formatCount(count)} more of {title}
            </Link>
          </p>
        ))}
      </Section>
      <TargetsSection targets={targets} />
      <PanelGroups panels={panels} />
    </Page>
  );
}
