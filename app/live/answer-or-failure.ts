import { isRouteErrorResponse } from "@remix-run/react";

import { refusalOf } from "~/ui/refusal";

/** What a poll brought, or why it brought nothing: what was there before stays in view. */
export type AnswerOrFailure<Answer> = { answer: Answer } | { failure: string };

/**
 * For the client loader of a polled door: a failure becomes a sentence instead of replacing the page. A redirect, as
 * to the sign-in page, goes through, and so does what the role may not see.
 */
export async function answerOrFailure<Answer>(load: () => Promise<Answer>): Promise<AnswerOrFailure<Answer>> {
  try {
    return { answer: await load() };
  } catch (thrown) {
    if (thrown instanceof Response) throw thrown;
    if (!isRouteErrorResponse(thrown)) return { failure: "The console does not answer." };
    if (thrown.status < 500) throw thrown;
    return { failure: `${refusalOf(thrown.status, thrown.data).title}.` };
  }
}

/** The same for a door whose refusals belong beside what was asked: 400, 404 and 422 become their sentence too. */
export async function answerOrRefusal<Answer>(load: () => Promise<Answer>): Promise<AnswerOrFailure<Answer>> {
  try {
    return await answerOrFailure(load);
  } catch (thrown) {
    if (!isRouteErrorResponse(thrown) || ![400, 404, 422].includes(thrown.status)) throw thrown;
    return { failure: refusalOf(thrown.status, thrown.data).message };
  }
}
