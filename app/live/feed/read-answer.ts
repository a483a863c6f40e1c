import { type AlarmAnswer, snoozes } from "../../../db/rules/live/answer-alarm";
import { longestNote } from "./alarm-feed";

const mostAlarms = 200;
const isId = (text: unknown): text is string => typeof text === "string" && /^[1-9]\d{0,14}$/.test(text);

/** The answer that a form gives and the alarms it is given to; undefined where the form does not say. */
export function readAnswer(fields: FormData): { alarmIds: number[]; answer: AlarmAnswer } | undefined {
  const asked = [...new Set(fields.getAll("alarm"))];
  const answer = readVerb(fields);
  if (!answer || asked.length === 0 || asked.length > mostAlarms || !asked.every(isId)) return undefined;
  return { alarmIds: asked.map(Number), answer };
}

function readVerb(fields: FormData): AlarmAnswer | undefined {
  const text = (name: string) => String(fields.get(name) ?? "").trim();
  const verb = text("verb");
  if (verb === "acknowledge" || verb === "release" || verb === "wake") return { verb };
  if (verb === "take") return { verb, from: text("from") || null };
  const snooze = snoozes.find((length) => length === text("snooze"));
  const note = text("note");
  if (verb !== "snooze" || !snooze || note.length > longestNote) return undefined;
  return { verb, snooze, note: note || null };
}
