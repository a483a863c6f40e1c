import { PageTabs } from "~/ui/page-tabs";

const tabs = [
  { id: "overview", label: "Overview", to: "/database" },
  { id: "statements", label: "Statements", to: "/database/statements" },
  { id: "runbook", label: "Runbook", to: "/database/runbook" },
  { id: "server", label: "Server and features", to: "/database/features" },
] as const;

/** The pages of the room. */
export function DatabaseTabs({ current }: { current: (typeof tabs)[number]["id"] | null }) {
  return <PageTabs label="Database" tabs={tabs} current={current} />;
}
