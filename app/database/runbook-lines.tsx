import { Link } from "@remix-run/react";
import { Fragment } from "react";

import { KeyValue } from "~/ui/key-value";
import type { RunbookSection } from "./runbook.server";

/** What the runbook says of one panel or operation. */
export function RunbookLines({ section }: { section: RunbookSection }) {
  return <KeyValue entries={section.lines.map(({ label, text }) => ({ label, value: <Prose text={text} /> }))} />;
}

/** Ids in backticks lead to their section. */
function Prose({ text }: { text: string }) {
  return (
    <span className="max-w-prose">
      {text.split("`").map((part, position) =>
        position % 2 === 0 ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never change places.
          <Fragment key={position}>{part}</Fragment>
        ) : (
          <Link key={part} to={`/database/runbook#${part}`} className="text-accent underline">
            {part}
          </Link>
        ),
      )}
    </span>
  );
}
