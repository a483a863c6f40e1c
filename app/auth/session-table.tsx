import { Form } from "@remix-run/react";

import { Badge } from "~/ui/badge";
import { Button } from "~/ui/button";
import { EmptyState } from "~/ui/empty-state";
import { type Column, DataTable } from "~/ui/table";
import { Age, Time } from "~/ui/time";

import { describeBrowser } from "./describe-browser";

/** A living session as a page shows it; `owner` where the page shows those of several people. */
export type SessionLine = {
  id: string;
  staffId: string;
  createdAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
  address: string | null;
  userAgent: string | null;
  isThis: boolean;
  owner?: string;
};

const unknown = <span className="text-muted italic">unknown</span>;

const columns: Column<SessionLine>[] = [
  {
    id: "browser",
    header: "Browser",
    isFilling: true,
    sortBy: ({ userAgent }) => describeBrowser(userAgent),
    cell: ({ userAgent, isThis }) => (
      <span className="flex items-center gap-2">
        {describeBrowser(userAgent) ?? unknown}
        {isThis && <Badge severity="notice">This browser</Badge>}
      </span>
    ),
  },
  {
    id: "address",
    header: "Address",
    isWideOnly: true,
    sortBy: ({ address }) => address,
    cell: ({ address }) => (address ? <span className="font-mono text-xs">{address}</span> : unknown),
  },
  {
    id: "signed-in",
    header: "Signed in",
    isWideOnly: true,
    sortBy: ({ createdAt }) => createdAt.getTime(),
    cell: ({ createdAt }) => <Time at={createdAt} />,
  },
  {
    id: "seen",
    header: "Last seen",
    sortBy: ({ lastSeenAt }) => lastSeenAt.getTime(),
    cell: ({ lastSeenAt }) => <Age at={lastSeenAt} />,
  },
  {
    id: "expires",
    header: "Ends at the latest",
    isWideOnly: true,
    sortBy: ({ expiresAt }) => expiresAt.getTime(),
    cell: ({ expiresAt }) => <Time at={expiresAt} />,
  },
  {
    id: "end",
    header: "End it",
    align: "end",
    cell: ({ id, staffId, isThis, owner }) => (
      <Form method="post">
        <input type="hidden" name="intent" value="revoke-session" />
        <input type="hidden" name="staffId" value={staffId} />
        <input type="hidden" name="sessionId" value={id} />
        <Button type="submit" size="sm" aria-label={owner ? `End this session of ${owner}` : undefined}>
          {isThis ? "Sign out here" : "End session"}
        </Button>
      </Form>
    ),
  },
];

const ownedColumns: Column<SessionLine>[] = [
  { id: "owner", header: "Account", sortBy: ({ owner }) => owner ?? null, cell: ({ owner }) => owner ?? unknown },
  ...columns,
];

export function SessionTable({ sessions, caption }: { sessions: SessionLine[]; caption: string }) {
  return (
    <DataTable
      caption={caption}
      rows={sessions}
      columns={sessions.some(({ owner }) => owner) ? ownedColumns : columns}
      rowId={({ id }) => id}
      sortKey="sessions"
      defaultSort="-seen"
      empty={<EmptyState title="Nobody is signed in">Sessions appear here as people sign in.</EmptyState>}
    />
  );
}
