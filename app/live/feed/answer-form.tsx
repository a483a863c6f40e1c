import type { FormProps } from "@remix-run/react";

import { showToast } from "~/ui/toast";
import type { AnswerResult } from "./alarm-feed";
import { giveAnswer } from "./feed-store";

/** The form of an answer in the live room: it is given in place, and a refusal is told. Without script it is a plain form. */
export function AnswerForm({ onSubmit, children, id, className, onKeyDown, action }: FormProps) {
  return (
    <form
      {...{ id, className, onKeyDown, action }}
      method="post"
      onSubmit={async (event) => {
        const fields = new FormData(event.currentTarget, (event.nativeEvent as SubmitEvent).submitter);
        event.preventDefault();
        onSubmit?.(event);
        const result = await giveAnswer(fields);
        if (result.refusals.length > 0) showToast("error", describeRefusals(result));
      }}
    >
      {children}
    </form>
  );
}

function describeRefusals({ done, refusals }: AnswerResult): string {
  const reasons = [...new Set(refusals)].join(" ");
  return done === 0 ? reasons : `${done} changed, ${refusals.length} not: ${reasons}`;
}
