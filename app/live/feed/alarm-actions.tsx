import type { ReactNode } from "react";

import { Button, type ButtonLook } from "~/ui/button";
import { isSnoozed } from "../../../db/rules/live/answer-alarm";
import { alarmsPath } from "./alarms-path";
import { AnswerFields, keepFocus } from "./answer-fields";
import type { FeedView } from "./feed-view";
import { SnoozeMenu } from "./snooze-menu";
import type { FeedAlarm } from "./sort-feed";

/** What a person can do about one alarm, or about all of a group. Works as plain forms too. */
export function AlarmActions({ alarms, view }: { alarms: readonly FeedAlarm[]; view: FeedView }) {
  const { you, now, Form } = view;
  const [first] = alarms;
  const isGroup = alarms.length > 1;
  const count = (some: readonly FeedAlarm[]) => (isGroup ? ` ${some.length}` : "");
  const unseen = alarms.filter(({ isAcknowledged }) => !isAcknowledged);
  const free = alarms.filter(({ owner }) => owner === null);
  const mine = alarms.filter(({ owner }) => owner?.id === you.id);
  const asleep = alarms.filter((alarm) => isSnoozed(alarm, now));
  const isOthers = !isGroup && first?.owner != null && mine.length === 0;
  const form = (some: readonly FeedAlarm[], verb: string, label: ReactNode, look: ButtonLook & { from?: string }) => {
    const { from = "", ...rest } = look;
    return (
      <Form method="post" action={alarmsPath} onSubmit={keepFocus}>
        <AnswerFields alarms={some} verb={verb} />
        <input type="hidden" name="from" value={from} />
        <Button type="submit" size="sm" className="md:h-6" {...rest}>
          {label}
        </Button>
      </Form>
    );
  };
  return (
    <div className="contents *:relative *:z-10">
      {unseen.length > 0 && form(unseen, "acknowledge", `Acknowledge${count(unseen)}`, { tone: "secondary" })}
      {free.length > 0 && form(free, "take", `Take${count(free)}`, { tone: "quiet" })}
      {isOthers && form(alarms, "take", "Take over", { tone: "quiet", from: first.owner?.id ?? "" })}
      {mine.length > 0 && form(mine, "release", `Release${count(mine)}`, { tone: "quiet" })}
      {asleep.length > 0 ? (
        form(asleep, "wake", `Wake${count(asleep)}`, { tone: "secondary" })
      ) : (
        <SnoozeMenu
          Form={Form}
          alarms={alarms}
          hasShiftEnd={alarms.every(({ shiftEndAt }) => shiftEndAt !== null && shiftEndAt > now)}
        />
      )}
    </div>
  );
}
