import { Link, useLocation } from "@remix-run/react";
import { useEffect } from "react";

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
  useOpenTarget();
  return (
    <Page
      title="Runbook"
      description="What each finding means, how to tell whether it is real, what to do and what not to do."
    >
      <DatabaseTabs current="runbook" />
      {chapters.map(({ kind, title }) => (
        <Section key={kind} title={title}>
          <div className="flex flex-col">
            {sections
              .filter((section) => section.kind === kind)
              .map((section) => (
                <details key={section.id} className="min-w-0 py-1">
                  <summary className="cursor-pointer py-1 font-medium">{section.title}</summary>
                  <article id={section.id} className="mt-1 mb-4 ml-4 flex scroll-mt-16 flex-col gap-2">
                    <RunbookLines section={section} />
                    <Link to={section.to} className="text-accent underline">
                      {section.kind === "panel" ? "Open the panel" : "Ask for it"}
                    </Link>
                  </article>
                </details>
              ))}
          </div>
        </Section>
      ))}
    </Page>
  );
}

/** Opens the section that the address names, as the browser does by itself where a page is loaded anew. */
function useOpenTarget(): void {
  const { hash } = useLocation();
  useEffect(() => {
    const target = document.getElementById(hash.slice(1));
    const section = target?.closest("details");
    if (!section) return;
    section.open = true;
    section.scrollIntoView();
  }, [hash]);
}
