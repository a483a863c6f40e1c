import type { FormProps } from "@remix-run/react";
import type { ComponentType } from "react";

import type { Alarm, Person } from "./alarm-feed";

/** What a list of alarms is drawn for. */
export type FeedView = {
  now: Date;
  you: Person;
  mayRespond: boolean;
  selectedId: number | null;
  /** Where the row of an alarm leads. */
  hrefOf: (alarm: Alarm) => string;
  /** How an answer is sent. */
  Form: ComponentType<FormProps>;
};
