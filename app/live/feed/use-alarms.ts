import { useEffect, useMemo, useSyncExternalStore } from "react";

import { answerAlarm } from "../../../db/rules/live/answer-alarm";
import { useLiveEvent } from "../use-live-event";
import type { Alarm, AlarmFeed } from "./alarm-feed";
import { clearFeed, emptyFeed, type GivenAnswer, onFeed, readFeedState, renewFeed } from "./feed-store";

/** Beside the stream, for a page whose stream does not come through. */
const pollSeconds = 60;

/** The feed of the live room, shared by all who ask for it, with the answers under way foreseen. */
export function useAlarms(): { feed: AlarmFeed | null; failure: string | null } {
  const { feed, failure, given } = useSyncExternalStore(onFeed, readFeedState, () => emptyFeed);
  return { feed: useMemo(() => feed && foresee(feed, given), [feed, given]), failure };
}

/** Keeps the feed of the live room fresh. For one component of a page. */
export function useAlarmUpdates(): void {
  useLiveEvent("alarms", renewFeed);
  useEffect(() => {
    const renew = () => {
      if (document.visibilityState === "visible") renewFeed();
    };
    renewFeed();
    const timer = setInterval(renew, pollSeconds * 1000);
    document.addEventListener("visibilitychange", renew);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", renew);
      clearFeed();
    };
  }, []);
}

/** The feed as it will be when the answers are given; one that will be refused changes nothing. */
function foresee(feed: AlarmFeed, given: readonly GivenAnswer[]): AlarmFeed {
  const answered = (alarm: Alarm): Alarm => {
    let foreseen = alarm;
    for (const { answer } of given.filter(({ alarmIds }) => alarmIds.includes(alarm.id))) {
      const changed = answerAlarm(foreseen, answer, { by: feed.you, asOf: feed.asOf });
      if (!("refusal" in changed)) foreseen = { ...foreseen, ...changed };
    }
    return foreseen;
  };
  return given.length === 0 ? feed : { ...feed, open: feed.open.map(answered) };
}
