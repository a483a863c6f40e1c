import { ButtonLink } from "~/ui/button";
import { EmptyState } from "~/ui/empty-state";
import { Page, Section } from "~/ui/page";
import { DataTable } from "~/ui/table";
import { Age } from "~/ui/time";
import type { ListedRule, readRules } from "./read-rules.server";
import { ruleColumns } from "./rule-columns";

/** What is asked of a guard on a shift, since when and by whom, and where to propose a change. */
export function RulesPage({ read }: { read: Awaited<ReturnType<typeof readRules>> }) {
  const { standing, coming, former, readAt } = read;
  return (
    <Page
      title="Rules of assignment"
      description="A shift is judged by the rules that hold at its start. What stands is not judged anew."
      age={
        <>
          Read <Age at={readAt} />
        </>
      }
      actions={
        <ButtonLink to="/shifts" tone="quiet">
          All shifts
        </ButtonLink>
      }
    >
      <RuleSection title="Hold now" rules={standing} empty="No rule holds" />
      <RuleSection title="Set for later" rules={coming} empty="No change is set" />
      <RuleSection title="Held before" rules={former} empty="No rule was changed yet" />
    </Page>
  );
}

function RuleSection({ title, rules, empty }: { title: string; rules: ListedRule[]; empty: string }) {
  return (
    <Section title={title} note={String(rules.length)} flush>
      <DataTable
        caption={title}
        rows={rules}
        columns={ruleColumns}
        rowId={({ id }) => id}
        sortKey={title.toLowerCase().replaceAll(" ", "-")}
        empty={<EmptyState title={empty} />}
      />
    </Section>
  );
}
