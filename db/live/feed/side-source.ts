import { alarmSource } from "../alarms/alarm-source";
import { marksSource } from "../marks/marks-source";

/**
 * Something beside the board that live pages follow. `read` gives a short string that changes when it does; pages are
 * told the new one as `{ revision }` and fetch what they need.
 */
export type SideSource = { event: string; everySeconds: number; read: () => Promise<string> };

/** Each is read while anybody follows the stream. */
export const sideSources: readonly SideSource[] = [alarmSource, marksSource];
