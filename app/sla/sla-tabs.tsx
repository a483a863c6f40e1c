import { useLocation } from "@remix-run/react";

import { PageTabs } from "~/ui/page-tabs";

const tabs = [
  { id: "numbers", label: "Numbers", to: "/sla" },
  { id: "shifts", label: "Shifts", to: "/sla/shifts" },
  { id: "hours", label: "Hours of the week", to: "/sla/hours" },
  { id: "locations", label: "Locations", to: "/sla/locations" },
  { id: "targets", label: "Targets", to: "/sla/targets" },
  { id: "reports", label: "Reports", to: "/sla/reports" },
] as const;

const kept = ["range", "from", "until", "client", "company", "location", "region"];

/** The pages of the room; each is asked about the same period and the same filter. */
export function SlaTabs({ current }: { current: (typeof tabs)[number]["id"] }) {
  const search = new URLSearchParams(
    [...new URLSearchParams(useLocation().search)].filter(([name]) => kept.includes(name)),
  );
  const suffix = search.size > 0 ? `?${search}` : "";
  return <PageTabs label="SLA" tabs={tabs.map((tab) => ({ ...tab, to: `${tab.to}${suffix}` }))} current={current} />;
}
