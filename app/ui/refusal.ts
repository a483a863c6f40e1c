/** What a refused request tells its reader. Thrown as `data(refusal, { status })`. */
export type Refusal = {
  /** What did not happen. */
  title: string;
  /** Why, and what to do. */
  message: string;
  requestId?: string;
  /** Null or absent where waiting does not help. */
  retryAfterSeconds?: number | null;
};

const byStatus: Record<number, Refusal> = {
  400: { title: "The request was not understood", message: "Something in it is malformed. Go back and try again." },
  401: { title: "You are signed out", message: "Your session ended. Sign in to continue where you were." },
  403: {
    title: "This is not open to your role",
    message: "The attempt is on record. If you need it, ask an admin to change your role.",
  },
  404: {
    title: "There is nothing at this address",
    message: "It may have been removed, or the address was mistyped.",
  },
  405: { title: "This cannot be done here", message: "The address does not take this kind of request." },
  409: {
    title: "Somebody else was faster",
    message: "What you changed has changed meanwhile. Look at it again, then repeat your change.",
  },
  413: { title: "That was too much at once", message: "What was sent is larger than this page accepts. Send less." },
  422: { title: "Nothing was changed", message: "Some of what was entered does not fit. Go back and correct it." },
  429: { title: "Too many requests", message: "Wait a moment, then try again." },
  500: {
    title: "This page could not be shown",
    message:
      "The console failed on its own side; the failure is in its log. Try again, and if it stays, name the request to whoever runs the console.",
  },
  503: {
    title: "The database does not answer",
    message: "Nothing was changed. The page comes back by itself as soon as the database does.",
    retryAfterSeconds: 5,
  },
};

/** The words for a status: those that were thrown with it, else those of the house. */
export function refusalOf(status: number, thrown: unknown): Refusal {
  const house = byStatus[status] ?? (status >= 500 ? byStatus[500] : byStatus[400]);
  const given = isRecord(thrown) ? thrown : {};
  return {
    title: textOf(given.title) ?? (house as Refusal).title,
    message: textOf(given.message) ?? (house as Refusal).message,
    requestId: textOf(given.requestId),
    retryAfterSeconds:
      typeof given.retryAfterSeconds === "number" ? given.retryAfterSeconds : (house as Refusal).retryAfterSeconds,
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
