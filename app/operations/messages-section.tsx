import { Section } from "~/ui/page";
import { MessagesTable } from "./messages-table";
import type { MessagesRead } from "./read-messages.server";

export function MessagesSection({ read }: { read: MessagesRead }) {
  return (
    <Section title="Messages" note="what was told outside, by the webhook" flush>
      <MessagesTable read={read} empty="The console has told nothing outside." />
    </Section>
  );
}
