import { useRef } from "react";

import { useRowKeys } from "~/ui/row-keys";
import type { Alarm } from "./alarm-feed";
import { AlarmRow } from "./alarm-row";
import type { FeedView } from "./feed-view";

/** Alarms that ended, the last first; each leads to the board of the moment when it was raised. */
export function EndedList({ ended, view }: { ended: readonly Alarm[]; view: FeedView }) {
  const list = useRef<HTMLUListElement>(null);
  useRowKeys(list);
  return (
    <ul ref={list} data-table aria-label="Ended alarms, the last first" className="m-0 list-none p-0">
      {ended.map((alarm) => (
        <AlarmRow key={alarm.id} alarm={{ ...alarm, isAcknowledged: alarm.acknowledgedBy !== null }} view={view} />
      ))}
    </ul>
  );
}
