import { Link } from "@remix-run/react";

import { Badge } from "~/ui/badge";
import { Section } from "~/ui/page";
import type { OverviewPanel } from "./read-overview.server";

const groupTitles: Record<OverviewPanel["group"], string> = {
  queries: "Queries",
  indexes: "Indexes",
  bloat: "Bloat",
  vacuum: "Vacuum",
  connections: "Connections",
  locks: "Locks and waits",
  io: "Cache and IO",
  size: "Size",
  wal: "WAL, checkpoints, replication",
  settings: "Settings",
};

/** Every panel by group with what the worker found there last. */
export function PanelGroups({ panels }: { panels: readonly OverviewPanel[] }) {
  const groups = [...new Set(panels.map(({ group }) => group))];
  return (
    <div className="columns-1 gap-5 *:mb-5 *:break-inside-avoid md:columns-2 xl:columns-3">
      {groups.map((group) => (
        <Section key={group} title={groupTitles[group]} flush>
          <ul className="m-0 list-none p-0">
            {panels
              .filter((panel) => panel.group === group)
              .map((panel) => (
                <li key={panel.id} className="relative border-b border-line px-4 py-2 last:border-b-0 hover:bg-hover">
                  <div className="flex items-baseline justify-between gap-3">
                    <Link
                      to={`/database/${panel.id}`}
                      className="font-medium after:absolute after:inset-0 hover:underline"
                    >
                      {panel.title}
                    </Link>
                    <PanelBadge panel={panel} />
                  </div>
                  <p className="text-xs text-muted">{panel.state?.failure ?? panel.question}</p>
                </li>
              ))}
          </ul>
        </Section>
      ))}
    </div>
  );
}

function PanelBadge({ panel: { state, findings, threshold } }: { panel: OverviewPanel }) {
  if (!state) return <Badge severity="unknown">not read yet</Badge>;
  if (state.failure !== null) return <Badge severity="unknown">unknown</Badge>;
  if (findings > 0) return <Badge severity="warning">{findings === 1 ? "1 finding" : `${findings} findings`}</Badge>;
  const rows = `${state.rowCount} ${state.rowCount === 1 ? "row" : "rows"}`;
  if (!threshold) return <Badge severity="neutral">{rows}</Badge>;
  if (state.unjudgedCount) return <Badge severity="unknown">{state.unjudgedCount} not judged</Badge>;
  return <Badge severity="ok">ok</Badge>;
}
