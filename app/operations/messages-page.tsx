import { Badge } from "~/ui/badge";
import { ButtonLink } from "~/ui/button";
import { formatCount } from "~/ui/format";
import { Page, Section } from "~/ui/page";
import { Age } from "~/ui/time";
import { MessagesTable } from "./messages-table";
import type { readTroubledMessages } from "./read-messages.server";

/** What leaves by the webhook and did not arrive. */
export function MessagesPage({ read }: { read: Awaited<ReturnType<typeof readTroubledMessages>> }) {
  const { hasReceiver, waitingCount, deadCount, readAt } = read;
  return (
    <Page
      title="Messages"
      description="Notifications and changes leave by the webhook, each at least once, in order for each shift."
      age={
        <>
          Read <Age at={readAt} />
        </>
      }
      actions={
        <ButtonLink to="/operations" tone="quiet">
          All operations
        </ButtonLink>
      }
    >
      <Section>
        <p className="flex flex-wrap items-center gap-2">
          {hasReceiver ? (
            <Badge severity={deadCount > 0 ? "critical" : "ok"}>{formatCount(deadCount)} dead</Badge>
          ) : (
            <Badge severity="unknown">not configured</Badge>
          )}
          <span className="text-muted">
            {formatCount(waitingCount)} wait
            {!hasReceiver && ". Nothing is sent until WEBHOOK_URL and WEBHOOK_SECRET are set; a day later it lapses"}.
          </span>
        </p>
      </Section>
      <Section title="In trouble" note="dead, or waiting after a failure; at most 100" flush>
        <MessagesTable read={read} empty="What a receiver refuses or does not answer is listed here." />
      </Section>
    </Page>
  );
}
