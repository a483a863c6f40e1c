import { consoleDatabase } from "../../connections";
import type { SideSource } from "../feed/side-source";
import { readAlarmRevision } from "./list-alarms";

/** Tells live pages that the alarms changed: one row of the console's database, read while anybody follows. */
export const alarmSource: SideSource = {
  event: "alarms",
  everySeconds: 1,
  read: () => readAlarmRevision(consoleDatabase()),
};
