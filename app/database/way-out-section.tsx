import { Link } from "@remix-run/react";

import { EmptyState } from "~/ui/empty-state";
import { Section } from "~/ui/page";
import { SqlFile } from "./sql-file";
import type { WayOut } from "./way-out.server";

/** What mends one row, as SQL to be copied: the files of a migration, or one statement. */
export default function WayOutSection({ wayOut, closeTo }: { wayOut: WayOut; closeTo: string }) {
  const close = (
    <Link to={closeTo} preventScrollReset className="text-accent underline">
      Close
    </Link>
  );
  return (
    <Section title="The way out" note={<span className="break-all">{wayOut.name}</span>} actions={close}>
      {wayOut.state === "gone" ? (
        <EmptyState title="Nothing is left to mend here">The panel does not list it any more.</EmptyState>
      ) : wayOut.state === "statement" ? (
        <>
          <SqlFile name="To be run by hand" text={wayOut.text} />
          <p className="mt-3 text-muted">It changes no schema, so it belongs in no migration.</p>
        </>
      ) : (
        <>
          <div className="grid gap-3 lg:grid-cols-2">
            {wayOut.files.map((file) => (
              <SqlFile key={file.name} {...file} />
            ))}
          </div>
          <p className="mt-3 text-muted">
            {wayOut.files.length === 1 && "Its definition could not be read, so the way back is missing. "}
            Two files of a migration: put the next free number for NNNN, change db/schema to the same, and record that
            by <code>npm run db:generate -- --by-hand</code>.
          </p>
        </>
      )}
    </Section>
  );
}
