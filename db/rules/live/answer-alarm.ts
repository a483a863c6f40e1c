export type Person = { id: string; fullName: string };

/** What people made of an alarm. */
export type Answered = {
  /** Null while nobody acknowledged it, or since it got worse. */
  acknowledgedBy: Person | null;
  acknowledgedAt: Date | null;
  owner: Person | null;
  snoozedUntil: Date | null;
  /** Why it was snoozed. */
  note: string | null;
};

export type Answerable = Answered & { endedAt: Date | null; shiftEndAt: Date | null };

export const snoozes = ["15 min", "1 h", "shift end"] as const;

export type Snooze = (typeof snoozes)[number];

export type AlarmAnswer =
  | { verb: "acknowledge" }
  /** `from` is the owner whom the person saw; null for nobody. */
  | { verb: "take"; from: string | null }
  | { verb: "release" }
  | { verb: "snooze"; snooze: Snooze; note: string | null }
  | { verb: "wake" };

const snoozeMinutes: Record<Exclude<Snooze, "shift end">, number> = { "15 min": 15, "1 h": 60 };

/** What the answer makes of the alarm, or one sentence: why it may not be given. */
export function answerAlarm(
  alarm: Answerable,
  answer: AlarmAnswer,
  { by, asOf }: { by: Person; asOf: Date },
): Answered | { refusal: string } {
  const { endedAt, shiftEndAt, owner, acknowledgedBy, acknowledgedAt, snoozedUntil, note } = alarm;
  const answered = { acknowledgedBy, acknowledgedAt, owner, snoozedUntil, note };
  const isMine = owner?.id === by.id;
  if (endedAt) return { refusal: "It has ended meanwhile." };
  switch (answer.verb) {
    case "acknowledge":
      if (acknowledgedBy) return { refusal: `${nameOf(acknowledgedBy, by)} acknowledged it already.` };
      return { ...answered, acknowledgedBy: by, acknowledgedAt: asOf };
    case "take":
      if (isMine) return { refusal: "It is yours already." };
      if (owner && owner.id !== answer.from) return { refusal: `${owner.fullName} took it meanwhile.` };
      return acknowledgedBy
        ? { ...answered, owner: by }
        : { ...answered, owner: by, acknowledgedBy: by, acknowledgedAt: asOf };
    case "release":
      if (!isMine) return { refusal: owner ? `${owner.fullName} has it, not you.` : "Nobody has it." };
      return { ...answered, owner: null };
    case "snooze": {
      const until =
        answer.snooze === "shift end" ? shiftEndAt : new Date(+asOf + snoozeMinutes[answer.snooze] * 60_000);
      if (!until || until <= asOf) return { refusal: "Its shift has ended, so there is nothing to wait for." };
      return { ...answered, snoozedUntil: until, note: answer.note };
    }
    case "wake":
      if (!isSnoozed(alarm, asOf)) return { refusal: "It does not sleep any more." };
      return { ...answered, snoozedUntil: null, note: null };
  }
}

export function isSnoozed({ snoozedUntil }: Pick<Answered, "snoozedUntil">, asOf: Date): boolean {
  return snoozedUntil !== null && snoozedUntil > asOf;
}

function nameOf(person: Person, by: Person): string {
  return person.id === by.id ? "You" : person.fullName;
}
