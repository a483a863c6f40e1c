import { Form } from "@remix-run/react";

import { Badge } from "~/ui/badge";
import { ButtonLink } from "~/ui/button";
import { ConfirmDialog } from "~/ui/confirm-dialog";
import { EmptyState } from "~/ui/empty-state";
import { Page, Section } from "~/ui/page";
import { type Column, DataTable } from "~/ui/table";
import { Time } from "~/ui/time";

import type { Role } from "./permissions";
import { type SessionLine, SessionTable } from "./session-table";

export type StaffLine = {
  id: string;
  email: string;
  fullName: string;
  role: Role;
  disabledAt: Date | null;
  createdAt: Date;
  sessions: SessionLine[];
};

const columns: Column<StaffLine>[] = [
  { id: "name", header: "Name", sortBy: ({ fullName }) => fullName, cell: ({ fullName }) => fullName },
  { id: "email", header: "Email", isFilling: true, sortBy: ({ email }) => email, cell: ({ email }) => email },
  { id: "role", header: "Role", sortBy: ({ role }) => role, cell: ({ role }) => role },
  {
    id: "state",
    header: "May sign in",
    sortBy: ({ disabledAt }) => disabledAt?.getTime() ?? 0,
    cell: ({ disabledAt }) =>
      disabledAt ? (
        <span className="flex items-center gap-2">
          <Badge severity="warning">Disabled</Badge> <Time at={disabledAt} />
        </span>
      ) : (
        <Badge severity="ok">Yes</Badge>
      ),
  },
  {
    id: "added",
    header: "Added",
    isWideOnly: true,
    sortBy: ({ createdAt }) => createdAt.getTime(),
    cell: ({ createdAt }) => <Time at={createdAt} />,
  },
  {
    id: "sessions",
    header: "Sessions",
    align: "end",
    sortBy: ({ sessions }) => sessions.length,
    cell: ({ sessions }) => sessions.length,
  },
  {
    id: "end",
    header: "End them",
    align: "end",
    cell: ({ id, fullName, sessions }) =>
      sessions.length > 0 && (
        <Form method="post" id={`end-${id}`}>
          <input type="hidden" name="staffId" value={id} />
          <ConfirmDialog
            label="End all"
            look={{ size: "sm", "aria-label": `End all sessions of ${fullName}` }}
            form={`end-${id}`}
            title={`End all sessions of ${fullName}?`}
            description={`${fullName} is signed out everywhere within 2 s and can sign in again.`}
            confirm="End sessions"
          />
        </Form>
      ),
  },
  {
    id: "change",
    header: "Account",
    align: "end",
    cell: ({ email, fullName, disabledAt }) => {
      const [verb, operation] = disabledAt ? ["Enable", "enable-account"] : ["Disable", "disable-account"];
      return (
        <ButtonLink
          size="sm"
          to={`/operations/new/${operation}?${new URLSearchParams({ email })}`}
          aria-label={`${verb} the account of ${fullName}`}
        >
          {verb}
        </ButtonLink>
      );
    },
  },
];

/** `notice` says what the last change did; `refusal` why it was refused. */
export function StaffPage({
  staff,
  notice,
  refusal,
}: {
  staff: StaffLine[];
  notice: string | undefined;
  refusal: string | undefined;
}) {
  const sessions = staff.flatMap((member) => member.sessions.map((line) => ({ ...line, owner: member.fullName })));
  return (
    <Page
      title="Staff"
      description="Who has an account, and where they are signed in. Accounts are made with npm run staff on the server."
    >
      <div aria-live="polite">{notice && <p className="rounded-md bg-ok-soft px-3 py-2 text-ok">{notice}</p>}</div>
      {refusal && (
        <p role="alert" className="rounded-md bg-critical-soft px-3 py-2 text-critical">
          {refusal}
        </p>
      )}
      <Section flush title="Accounts">
        <DataTable
          caption="Accounts of the console"
          rows={staff}
          columns={columns}
          rowId={({ id }) => id}
          defaultSort="email"
          empty={<EmptyState title="There are no accounts">Add one with npm run staff -- add.</EmptyState>}
        />
      </Section>
      <Section flush title="Sessions" note="An ended session is signed out within 2 s">
        <SessionTable sessions={sessions} caption="Living sessions of all staff" />
      </Section>
    </Page>
  );
}
