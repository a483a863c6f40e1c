import { data, redirect } from "@remix-run/node";

import { isPermitted } from "~/auth/permissions";
import type { SignedIn } from "~/auth/signed-in";
import { readForm } from "~/http/read-form.server";
import { currentRequest } from "~/http/request-context.server";
import { consoleDatabase } from "../../../db/connections";
import {
  type AlarmKey,
  countOpenAlarms,
  getAlarm,
  listEndedAlarms,
  listOpenAlarms,
  readAlarmClock,
} from "../../../db/live/alarms/list-alarms";
import { recordAnswer } from "../../../db/live/alarms/record-answer";
import type { AlarmFeed, AnswerResult } from "./alarm-feed";
import { readAnswer } from "./read-answer";

const mostOpen = 500;
const endedPerPage = 50;
const recentHours = 24;

/**
 * What is wrong, and what ended in the last 24 hours; with `before` in the address what ended before that. Throws 400
 * where `before` is no place in the history.
 */
export async function readFeed(request: Request, { staff }: SignedIn): Promise<AlarmFeed> {
  const asOf = new Date();
  const db = consoleDatabase();
  const before = readKey(new URL(request.url).searchParams.get("before"));
  const since = before ? undefined : new Date(+asOf - recentHours * 3_600_000);
  const [open, openCount, found, { judgedAt, isWatched }] = await Promise.all([
    before ? [] : listOpenAlarms(db, { limit: mostOpen }),
    before ? 0 : countOpenAlarms(db),
    listEndedAlarms(db, { ...(before ? { before } : { since: since as Date }), limit: endedPerPage + 1 }),
    readAlarmClock(db),
  ]);
  const ended = found.slice(0, endedPerPage);
  const last = ended.at(-1);
  const isMore = found.length > endedPerPage;
  const [older] = since && !isMore ? await listEndedAlarms(db, { before: { endedAt: since, id: 0 }, limit: 1 }) : [];
  return {
    asOf,
    isFirstPage: before === undefined,
    open,
    unlistedCount: Math.max(0, openCount - open.length),
    ended,
    before: isMore && last?.endedAt ? `${+last.endedAt}-${last.id}` : older ? `${+(since as Date)}-0` : null,
    judgedAt,
    isWatched,
    you: { id: staff.id, fullName: staff.fullName },
    mayRespond: isPermitted(staff.role, "live.respond"),
  };
}

/**
 * Gives the form's answer to its alarms. The status is 200, 409 where one of them was refused, such as that somebody
 * else was faster, and 422 where the form makes no sense.
 */
export async function answerAlarms(
  request: Request,
  { staff }: SignedIn,
): Promise<{ result: AnswerResult; status: number }> {
  const read = readAnswer(await readForm(request));
  if (!read) {
    const refusals = ["Nothing was changed: the form was incomplete. Load the page again."];
    return { result: { done: 0, refusals }, status: 422 };
  }
  const by = { id: staff.id, fullName: staff.fullName };
  const requestId = currentRequest()?.requestId ?? null;
  const result: AnswerResult = { done: 0, refusals: [] };
  for (const alarmId of read.alarmIds) {
    const given = { alarmId, answer: read.answer, by, asOf: new Date(), requestId };
    const recorded = await recordAnswer(consoleDatabase(), given);
    if (recorded?.refusal === null) result.done += 1;
    else result.refusals.push(recorded?.refusal ?? "There is no such alarm.");
  }
  return { result, status: result.refusals.length === 0 ? 200 : 409 };
}

/** Leads an address with `alarm` to the board of the moment when that alarm was raised. Throws the redirect, or 404. */
export async function followAlarm(request: Request): Promise<void> {
  const asked = new URL(request.url).searchParams.get("alarm");
  if (asked === null) return;
  const alarm = /^[1-9]\d{0,14}$/.test(asked) ? await getAlarm(consoleDatabase(), Number(asked)) : undefined;
  if (!alarm) {
    const message = "Alarms are kept for 90 days after they end; the address may also be mistyped.";
    throw data({ title: "There is no such alarm", message }, { status: 404 });
  }
  const at = new Date(Math.ceil(+alarm.raisedAt / 1000) * 1000).toISOString().replace(".000Z", "Z");
  throw redirect(`/live?at=${at}${alarm.shiftId === null ? "" : `&shift=${alarm.shiftId}`}`);
}

function readKey(text: string | null): AlarmKey | undefined {
  if (text === null) return undefined;
  const [, time, id] = text.match(/^(\d{1,14})-(\d{1,15})$/) ?? [];
  if (!time || !id) {
    const message = "Follow the links of the page to its older alarms.";
    throw data({ title: "The address of this page is malformed", message }, { status: 400 });
  }
  return { endedAt: new Date(Number(time)), id: Number(id) };
}
