import type { FormProps } from "@remix-run/react";
import { type ComponentType, useId, useRef } from "react";

import { Button, buttonClass } from "~/ui/button";
import { TextField } from "~/ui/field";
import { type Snooze, snoozes } from "../../../db/rules/live/answer-alarm";
import { longestNote } from "./alarm-feed";
import { alarmsPath } from "./alarms-path";
import { AnswerFields, keepFocus } from "./answer-fields";
import type { FeedAlarm } from "./sort-feed";

const labels: Record<Snooze, string> = { "15 min": "15 min", "1 h": "1 h", "shift end": "Until the shift ends" };

/** How long an alarm may sleep, and why. The browser's own disclosure: it opens without script. */
export function SnoozeMenu({
  Form,
  alarms,
  hasShiftEnd,
}: {
  Form: ComponentType<FormProps>;
  alarms: readonly FeedAlarm[];
  hasShiftEnd: boolean;
}) {
  const menu = useRef<HTMLDetailsElement>(null);
  const formId = useId();
  return (
    <>
      <details ref={menu} className="peer">
        <summary
          aria-controls={formId}
          className={buttonClass({ tone: "quiet", size: "sm" }, "list-none md:h-6 [&::-webkit-details-marker]:hidden")}
        >
          Snooze
        </summary>
      </details>
      <Form
        id={formId}
        method="post"
        action={alarmsPath}
        className="my-1 hidden basis-full flex-col gap-1.5 rounded-md border border-line bg-sunken p-2 peer-open:flex"
        onSubmit={(event) => {
          keepFocus(event);
          if (menu.current) menu.current.open = false;
        }}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || !menu.current) return;
          event.stopPropagation();
          menu.current.open = false;
          menu.current.querySelector("summary")?.focus();
        }}
      >
        <AnswerFields alarms={alarms} verb="snooze" />
        <TextField label="Reason, if there is one" name="note" maxLength={longestNote} autoComplete="off" />
        <div className="flex flex-wrap gap-1">
          {snoozes
            .filter((length) => length !== "shift end" || hasShiftEnd)
            .map((length) => (
              <Button key={length} type="submit" size="sm" name="snooze" value={length}>
                {labels[length]}
              </Button>
            ))}
        </div>
      </Form>
    </>
  );
}
