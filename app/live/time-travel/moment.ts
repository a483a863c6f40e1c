import { travelDays } from "~/ui/board-address";

const dayMs = 86_400_000;
/** Clocks differ, and a link of just two weeks ago is still good a moment later. */
const graceMs = 60_000;

export type Refusal = { title: string; message: string };

/** The span in which a moment can be looked at. */
export function travelSpan(now: Date): { from: Date; to: Date } {
  return { from: new Date(now.getTime() - travelDays * dayMs), to: now };
}

/** An instant as it stands in an address: UTC, to the second. Null for what is none. */
export function parseMoment(text: string): Date | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?Z$/.test(text)) return null;
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? null : at;
}

export function writeMoment(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`;
}

/** What the address asks for: a moment, the present where it names none, or why it cannot be shown. */
export function readMoment(text: string | null, now: Date): { at: Date | null } | { refusal: Refusal } {
  if (text === null || text === "") return { at: null };
  const at = parseMoment(text);
  if (!at) {
    return {
      refusal: {
        title: "This moment cannot be read",
        message: "A moment is written in UTC, as 2026-11-21T13:05:00Z. Open the live room for the present.",
      },
    };
  }
  const { from, to } = travelSpan(now);
  if (at.getTime() > to.getTime() + graceMs) {
    return {
      refusal: {
        title: "This moment has not come yet",
        message: `The board shows the present and the ${travelDays} days before it. Open the live room for the present.`,
      },
    };
  }
  if (at.getTime() < from.getTime() - graceMs) {
    return {
      refusal: {
        title: "This moment is too long ago",
        message: `The board is kept for ${travelDays} days. What happened to a shift before that stands on its own page in the shifts room.`,
      },
    };
  }
  return { at: at > to ? to : at };
}

/** The moment moved by some seconds, and never out of the span. */
export function clampMoment(at: Date, now: Date): Date {
  const { from, to } = travelSpan(now);
  return at < from ? from : at > to ? to : at;
}
