import { refusalOf } from "~/ui/refusal";
import type { AlarmAnswer } from "../../../db/rules/live/answer-alarm";
import type { AlarmFeed, AnswerResult } from "./alarm-feed";
import { readAnswer } from "./read-answer";

const feedPath = "/live/feed";
const patienceSeconds = 10;

export type GivenAnswer = { alarmIds: readonly number[]; answer: AlarmAnswer };

export type FeedState = {
  /** Null until it first came. */
  feed: AlarmFeed | null;
  /** Why the last attempt brought nothing; null after one that did. */
  failure: string | null;
  /** Answers under way. */
  given: readonly GivenAnswer[];
};

/** The feed of the live room, one for the page. It asks by itself, so that no answer reads the board anew. */
export const emptyFeed: FeedState = { feed: null, failure: null, given: [] };

let state = emptyFeed;
let renewing: Promise<void> | undefined;
let isAskedAgain = false;
const listeners = new Set<() => void>();

export const readFeedState = (): FeedState => state;

export function onFeed(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function change(next: Partial<FeedState>): void {
  state = { ...state, ...next };
  for (const listener of listeners) listener();
}

/** Forgets what another person or another hour saw. */
export function clearFeed(): void {
  change(emptyFeed);
}

/** Asks for the feed; who asks while it is on its way gets one that was asked for later. */
export function renewFeed(): Promise<void> {
  isAskedAgain = true;
  renewing ??= (async () => {
    while (isAskedAgain) {
      isAskedAgain = false;
      const asked = await ask<AlarmFeed>(feedPath);
      change("failure" in asked ? asked : { feed: asked.answer, failure: null });
    }
  })().finally(() => {
    renewing = undefined;
  });
  return renewing;
}

/** Gives the answer of a form: foreseen at once, and taken back where it was refused. */
export async function giveAnswer(fields: FormData): Promise<AnswerResult> {
  const read = readAnswer(fields);
  if (read) change({ given: [...state.given, read] });
  const asked = await ask<AnswerResult>(feedPath, { method: "POST", body: fields });
  const result = "failure" in asked ? { done: 0, refusals: [`Nothing was changed. ${asked.failure}`] } : asked.answer;
  const renewed = renewFeed();
  if (result.refusals.length === 0) await renewed;
  change({ given: state.given.filter((one) => one !== read) });
  return result;
}

async function ask<Answer>(path: string, init?: RequestInit): Promise<{ answer: Answer } | { failure: string }> {
  try {
    const signal = AbortSignal.timeout(patienceSeconds * 1000);
    const response = await fetch(path, { headers: { Accept: "application/json" }, signal, ...init });
    if (response.redirected) {
      window.location.reload();
      return { failure: "You are signed out." };
    }
    const isJson = response.headers.get("Content-Type")?.includes("json") ?? false;
    if (isJson && response.status < 500) return { answer: JSON.parse(await response.text(), reviveInstants) };
    return { failure: `${refusalOf(response.status, undefined).title}.` };
  } catch {
    return { failure: "The console does not answer." };
  }
}

function reviveInstants(key: string, value: unknown): unknown {
  const isInstant = key === "asOf" || key === "snoozedUntil" || key.endsWith("At");
  return isInstant && typeof value === "string" ? new Date(value) : value;
}
