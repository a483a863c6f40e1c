import { Link, useLocation, useSearchParams } from "@remix-run/react";
import { clsx } from "clsx";
import { lazy, useEffect } from "react";

import { SeverityMark } from "~/ui/badge";
import { useIsHydrated } from "~/ui/clock";
import { Deferred } from "~/ui/deferred";
import { alarmsPath } from "./alarms-path";
import { sortFeed } from "./sort-feed";
import { useAlarms, useAlarmUpdates } from "./use-alarms";

const OutageNotice = lazy(() => import("./outage-notice"));

export type ListTab = "shifts" | "events";

/** What the column beside the map shows. */
export function useListTab(): ListTab {
  const [search] = useSearchParams();
  return search.get("tab") === "events" ? "events" : "shifts";
}

/** Shifts or events beside the map. The number is of alarms that are awake; the title counts the urgent ones. */
export function ListTabs({ now }: { now: Date }) {
  useAlarmUpdates();
  const { feed } = useAlarms();
  const { awakeCount, urgentCount } = sortFeed(feed?.open ?? [], now);
  const more = feed?.unlistedCount ? "+" : "";
  useUrgentTitle(urgentCount === 0 ? "" : `(${urgentCount}${more}) `);
  const tab = useListTab();
  const outage = feed?.open.find(({ kind }) => kind === "outage");
  return (
    <>
      <nav aria-label="Beside the map" className="flex gap-4 border-b border-line px-3">
        <TabLink tab="shifts" isCurrent={tab === "shifts"}>
          Shifts
        </TabLink>
        <TabLink tab="events" isCurrent={tab === "events"}>
          Events
          {feed && (
            <span
              className={clsx(
                "inline-flex items-center gap-1 rounded-sm px-1 text-xs font-semibold",
                urgentCount > 0 ? "bg-critical-soft text-critical" : "bg-sunken text-muted",
              )}
            >
              {urgentCount > 0 && <SeverityMark severity="critical" />}
              {awakeCount}
              {more}
              {urgentCount > 0 && <span className="sr-only">, {urgentCount} critical and not acknowledged</span>}
            </span>
          )}
        </TabLink>
      </nav>
      {outage && (
        <Deferred>
          <OutageNotice alarm={outage} />
        </Deferred>
      )}
    </>
  );
}

function TabLink({ tab, isCurrent, children }: { tab: ListTab; isCurrent: boolean; children: React.ReactNode }) {
  const { pathname } = useLocation();
  const [search] = useSearchParams();
  // Without script the events stand on their own page.
  const isHydrated = useIsHydrated();
  const next = new URLSearchParams(search);
  if (tab === "events") next.set("tab", tab);
  else next.delete("tab");
  return (
    <Link
      to={tab === "events" && !isHydrated ? alarmsPath : `${pathname}?${next}`}
      replace
      preventScrollReset
      aria-current={isCurrent ? "page" : undefined}
      className={clsx(
        "-mb-px flex items-center gap-1.5 border-b-2 py-2 font-medium max-md:py-3",
        isCurrent ? "border-accent text-ink" : "border-transparent text-muted hover:text-ink",
      )}
    >
      {children}
    </Link>
  );
}

/** "(2) Live": how many critical alarms wait for somebody, also in a tab that is not in view; empty where none does. */
function useUrgentTitle(urgent: string): void {
  const { key } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a navigation writes the title anew.
  useEffect(() => {
    document.title = `${urgent}${plainTitle()}`;
  }, [urgent, key]);
  useEffect(
    () => () => {
      document.title = plainTitle();
    },
    [],
  );
}

const plainTitle = () => document.title.replace(/^\(\d+\+?\) /, "");
