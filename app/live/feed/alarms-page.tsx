import { Form, Link } from "@remix-run/react";

import { ButtonLink } from "~/ui/button";
import { EmptyState } from "~/ui/empty-state";
import { formatAge, formatCount } from "~/ui/format";
import { Page, Section } from "~/ui/page";
import { Age } from "~/ui/time";
import { outageRule } from "../../../db/rules/live/outage";
import type { Alarm, AlarmFeed, AnswerResult } from "./alarm-feed";
import { AlarmList } from "./alarm-list";
import { alarmsPath, unobservedPath } from "./alarms-path";
import { outageWords } from "./describe-alarm";
import { EndedList } from "./ended-list";
import { sortFeed } from "./sort-feed";
import { WatchNotice } from "./watch-notice";

/** Alarms on a page of their own: all that lasts, and what ended, page by page. */
export function AlarmsPage({ feed, answered }: { feed: AlarmFeed; answered: AnswerResult | undefined }) {
  const sorted = sortFeed(feed.open, feed.asOf);
  const view = {
    now: feed.asOf,
    you: feed.you,
    mayRespond: feed.mayRespond,
    selectedId: null,
    Form,
    hrefOf: ({ id, shiftId, endedAt }: Alarm) =>
      endedAt ? `/live?alarm=${id}` : shiftId === null ? unobservedPath : `/live?tab=events&shift=${shiftId}`,
  };
  return (
    <Page
      title="Alarms"
      description="What the clock found wrong on the live board. An alarm that comes back within 15 minutes is the same one."
      age={<Age at={feed.asOf} />}
      actions={<ButtonLink to="/live?tab=events">Live room</ButtonLink>}
    >
      <div className="flex max-w-4xl flex-col gap-5">
        {answered && <AnswerNotice answered={answered} />}
        <WatchNotice feed={feed} />
        {feed.isFirstPage && (
          <Section
            title="Open"
            note={`${sorted.awakeCount} awake, ${sorted.snoozedCount} snoozed${feed.unlistedCount > 0 ? `, ${formatCount(feed.unlistedCount)} more` : ""}`}
            flush
          >
            {feed.open.length === 0 && <EmptyState title="Nothing is wrong" />}
            <AlarmList sorted={sorted} view={view} />
          </Section>
        )}
        <Section title={feed.isFirstPage ? "Ended in the last 24 hours" : "Ended before"} flush>
          {feed.ended.length === 0 ? (
            <EmptyState title="No alarm ended" />
          ) : (
            <EndedList ended={feed.ended} view={view} />
          )}
        </Section>
        <p className="text-xs text-muted">
          Outage: {outageWords} It lasts while half as many are silent, and {formatAge(outageRule.graceSeconds)} longer;
          then who is silent still has an alarm of their own. Source: {outageRule.source}
        </p>
        <nav aria-label="Pages of ended alarms" className="flex gap-2">
          {!feed.isFirstPage && <ButtonLink to={alarmsPath}>The last 24 hours</ButtonLink>}
          {feed.before && <ButtonLink to={`${alarmsPath}?before=${feed.before}`}>Older alarms</ButtonLink>}
        </nav>
      </div>
    </Page>
  );
}

function AnswerNotice({ answered: { done, refusals } }: { answered: AnswerResult }) {
  const told = done === 0 ? "" : done === 1 ? "1 alarm was changed. " : `${done} alarms were changed. `;
  return (
    <p role="status" className="rounded-md border border-line bg-surface px-3 py-2">
      {told}
      {[...new Set(refusals)].join(" ")} {done > 0 && <Link to={alarmsPath}>Back to all alarms</Link>}
    </p>
  );
}
