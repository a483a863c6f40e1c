import { useRef } from "react";

import { useRowKeys } from "~/ui/row-keys";
import type { AlarmGroup } from "../../../db/rules/live/group-alarms";
import { AlarmActions } from "./alarm-actions";
import { AlarmMark } from "./alarm-mark";
import { AlarmRow } from "./alarm-row";
import { alarmNames, labelAlarm } from "./describe-alarm";
import type { FeedView } from "./feed-view";
import { Fold } from "./fold";
import type { FeedAlarm, SortedFeed } from "./sort-feed";

/** What is wrong, worst first; what sleeps is folded under its number. */
export function AlarmList({ sorted, view }: { sorted: SortedFeed; view: FeedView }) {
  const { awake, snoozed, snoozedCount } = sorted;
  const list = useRef<HTMLDivElement>(null);
  useRowKeys(list);
  return (
    <div ref={list} data-table>
      {awake.length > 0 && <AlarmGroups label="Alarms, worst first" groups={awake} view={view} />}
      {snoozedCount > 0 && (
        <Fold
          summary={`${snoozedCount} snoozed`}
          className="border-b border-line px-3 py-2 text-muted hover:bg-hover focus-visible:-outline-offset-2"
        >
          <AlarmGroups label="Snoozed alarms" groups={snoozed} view={view} />
        </Fold>
      )}
    </div>
  );
}

function AlarmGroups({
  label,
  groups,
  view,
}: {
  label: string;
  groups: readonly AlarmGroup<FeedAlarm>[];
  view: FeedView;
}) {
  return (
    <ul aria-label={label} className="m-0 list-none p-0">
      {groups.map((group) =>
        group.by === "none" ? (
          <AlarmRow key={group.alarms[0].id} alarm={group.alarms[0]} view={view} />
        ) : (
          <GroupRow key={`${group.by} ${group.alarms[0].id}`} group={group} view={view} />
        ),
      )}
    </ul>
  );
}

/** "3 shifts at Schiphol stale": one line for many alarms, which opens as their list. */
function GroupRow({ group: { by, alarms }, view }: { group: AlarmGroup<FeedAlarm>; view: FeedView }) {
  const [worst] = alarms;
  const { now, mayRespond } = view;
  const isLoud = alarms.some(({ isAcknowledged }) => !isAcknowledged);
  return (
    <li className="border-b border-line" data-group={by}>
      <Fold
        className="grid list-none grid-cols-[1rem_minmax(0,1fr)_auto] gap-x-2.5 px-3 pt-2 pb-1 leading-[1.125rem] hover:bg-hover focus-visible:-outline-offset-2 [&::-webkit-details-marker]:hidden"
        summary={
          <>
            <AlarmMark kind={worst.kind} />
            <span className={isLoud ? "truncate font-semibold" : "truncate font-medium"}>
              {describeGroup(by, alarms)}
            </span>
            <span className="text-right whitespace-nowrap text-muted">{labelAlarm(worst, now)}</span>
            <span className="col-start-2 text-xs text-muted">
              <span className="[details[open]_&]:hidden">Show each</span>
              <span className="hidden [details[open]_&]:inline">Show one line</span>
            </span>
          </>
        }
      >
        <ul className="m-0 ml-4 list-none border-t border-l border-line p-0">
          {alarms.map((alarm) => (
            <AlarmRow key={alarm.id} alarm={alarm} view={view} />
          ))}
        </ul>
      </Fold>
      {mayRespond && (
        <div className="flex flex-wrap items-center justify-end gap-x-1 px-3 pb-2 pl-9.5">
          <AlarmActions alarms={alarms} view={view} />
        </div>
      )}
    </li>
  );
}

function describeGroup(by: AlarmGroup<FeedAlarm>["by"], alarms: AlarmGroup<FeedAlarm>["alarms"]): string {
  const [{ kind, locationName, guardName }] = alarms;
  if (by === "location") return `${alarms.length} shifts at ${locationName} · ${alarmNames[kind].toLowerCase()}`;
  return `${guardName}: ${alarms.map((alarm) => alarmNames[alarm.kind].toLowerCase()).join(", ")}`;
}
