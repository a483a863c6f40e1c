import type { ReactNode } from "react";

import { Badge } from "~/ui/badge";
import { ButtonLink } from "~/ui/button";
import { EmptyState } from "~/ui/empty-state";
import { formatCount } from "~/ui/format";
import { Page, Section } from "~/ui/page";
import { Age, Time } from "~/ui/time";
import type { LinksRead } from "./read-links.server";

/** Who may read a shift without an account, until when, and whether they did. */
export function LinksPage({ read, notice }: { read: LinksRead; notice: ReactNode }) {
  const { shift, links, readAt } = read;
  const share = `/shifts/${shift.id}/evidence/share-evidence`;
  return (
    <Page
      title={`Evidence of shift ${shift.id}`}
      description={`${shift.post} at ${shift.locationName}: links under which somebody without an account may read it.`}
      age={
        <>
          Read <Age at={readAt} />
        </>
      }
      actions={
        <>
          {shift.hasEnded && (
            <ButtonLink to={share} tone="primary">
              Share the evidence
            </ButtonLink>
          )}
          <ButtonLink to={`/shifts/${shift.id}`} tone="quiet">
            Shift {shift.id}
          </ButtonLink>
        </>
      }
    >
      {notice}
      <Section title="Links" note="newest first; whoever has an address may read the shift">
        {links.length === 0 ? (
          <EmptyState title="Nobody outside may read this shift">
            {shift.hasEnded
              ? "Share the evidence with a client who wants to see it: the link ends by itself."
              : "Evidence can be shared when the shift has ended: nobody outside follows a guard while they work."}
          </EmptyState>
        ) : (
          <ul className="flex flex-col divide-y divide-line">
            {links.map((link) => (
              <LinkRow key={link.id} link={link} shiftId={shift.id} />
            ))}
          </ul>
        )}
      </Section>
    </Page>
  );
}

function LinkRow({ link, shiftId }: { link: LinksRead["links"][number]; shiftId: number }) {
  const { id, recipient, sharedBy, sharedAt, expiresAt, endedAt, openedCount, lastOpenedAt, address } = link;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3 first:pt-0 last:pb-0">
      <div className="min-w-0 flex-1 basis-72">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          {recipient} <Badge severity={address ? "ok" : "neutral"}>{address ? "opens" : "no longer opens"}</Badge>
        </p>
        <p className="text-xs text-muted">
          Shared <Time at={sharedAt} /> by {sharedBy ?? "nobody on record"};{" "}
          {endedAt ? (
            <>
              ended <Time at={endedAt} />
            </>
          ) : (
            <>
              until <Time at={expiresAt} />
            </>
          )}
          ; opened {formatCount(openedCount)} {openedCount === 1 ? "time" : "times"}
          {lastOpenedAt && (
            <>
              , last <Time at={lastOpenedAt} />
            </>
          )}
        </p>
        {address && (
          <p className="mt-1 font-mono text-xs select-all [overflow-wrap:anywhere]" data-testid="evidence-address">
            {address}
          </p>
        )}
      </div>
      {address && (
        <div className="flex gap-2">
          <ButtonLink size="sm" to={new URL(address).pathname} reloadDocument>
            Open
          </ButtonLink>
          <ButtonLink size="sm" to={`/shifts/${shiftId}/evidence/end-evidence?link=${id}`}>
            End
          </ButtonLink>
        </div>
      )}
    </li>
  );
}
