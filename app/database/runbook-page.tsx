import { Link } from "@remix-run/react";

import { Page, Section } from "~/ui/page";
import { DatabaseTabs } from "./database-tabs";
import type { RunbookRead } from "./read-runbook.server";
import { RunbookLines } from "./runbook-lines";

const chapters = [
  { kind: "panel", title: "Panels" },
  { kind: "operation", title: "Operations" },
] as const;

/** What each finding means, whether it is real, what to do and what not. */
export function RunbookPage({ sections }: { sections: RunbookRead }) {
  return (
    <Page
      title="Runbook"
      description="What each finding means, how to tell whether it is real, what to do and what not to do."
    >
      <DatabaseTabs current="runbook" />
      {chapters.map(({ kind, title }) => (
        <Section key={kind} title={title}>
          <div className="flex flex-col gap-6">
            {sections
              .filter((section) => section.kind === kind)
              .map((section) => (
                <article key={section.id} id={section.id} className="scroll-mt-4 target:bg-accent-soft">
                  <h3 className="mb-2 font-medium">
                    <Link to={section.to} className="hover:underline">
                      {section.title}
                    </Link>
                  </h3>
                  <RunbookLines section={section} />
                </article>
              ))}
          </div>
        </Section>
      ))}
    </Page>
  );
}
