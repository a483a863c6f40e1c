import { useFetcher, useFetchers } from "@remix-run/react";
import { useEffect, useMemo } from "react";

import { answerAlarm } from "../../../db/rules/live/answer-alarm";
import type { clientLoader } from "../../routes/live.feed";
import type { Alarm, AlarmFeed } from "./alarm-feed";
import { readAnswer } from "./read-answer";

export const alarmsPath = "/live/alarms";

const pollSeconds = 10;

/** The feed of the live room, shared by all who ask for it. `feed` is null until it first came. */
export function useAlarms(): { feed: AlarmFeed | null; failure: string | null } {
  const { data } = useFetcher<typeof clientLoader>({ key: "live-feed" });
  const answered = data && "answer" in data ? data.answer : null;
  return { feed: useAnswered(answered), failure: data && "failure" in data ? data.failure : null };
}

/** Keeps the feed of the live room fresh. For one component of a page. */
export function useAlarmUpdates(): void {
  const { load } = useFetcher<typeof clientLoader>({ key: "live-feed" });
  useEffect(() => {
    const renew = () => {
      if (document.visibilityState === "visible") load("/live/feed");
    };
    load("/live/feed");
    const timer = setInterval(renew, pollSeconds * 1000);
    document.addEventListener("visibilitychange", renew);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", renew);
    };
  }, [load]);
}

/** The feed as it will be when the answers under way are given; one that is refused falls back. */
export function useAnswered<Feed extends AlarmFeed | null>(feed: Feed): Feed {
  const fetchers = useFetchers();
  return useMemo(() => {
    if (!feed) return feed;
    const answers = fetchers.flatMap(({ formAction, formData }) => {
      const read = formAction?.startsWith(alarmsPath) && formData ? readAnswer(formData) : undefined;
      return read ? [read] : [];
    });
    if (answers.length === 0) return feed;
    const foresee = (alarm: Alarm): Alarm => {
      let foreseen = alarm;
      for (const { answer } of answers.filter(({ alarmIds }) => alarmIds.includes(alarm.id))) {
        const answered = answerAlarm(foreseen, answer, { by: feed.you, asOf: feed.asOf });
        if (!("refusal" in answered)) foreseen = { ...foreseen, ...answered };
      }
      return foreseen;
    };
    return { ...feed, open: feed.open.map(foresee) };
  }, [feed, fetchers]);
}
