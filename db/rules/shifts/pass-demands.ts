import { localTime } from "./start-of-day";

type Duty = { post: string; startAt: Date; endAt: Date; timeZone: string };

const isEvent = ({ post }: Duty) => /\bevent/i.test(post);

/**
 * For which work a guard pass is, by its colour; a grey one is for all. No post on record names a colour, so the post's
 * own name decides. Null where the colour is for this work. Green: veiligheidsbranche.nl, for guards in training.
 */
export function refuseColour(colour: string, duty: Duty): string | null {
  switch (colour) {
    case "grey":
      return null;
    case "green":
      return "is for guards in training, who stand beside another guard";
    case "orange":
      return isEvent(duty) ? null : "is for events only";
    case "blue":
      return "is for the tasks that it names only";
    case "yellow":
      return "is for private investigators";
    default:
      return "is of a colour that no rule knows";
  }
}

/** Whether a restriction, as it is written, stands against this duty. One that cannot be read stands against each. */
export function isRestricted(restriction: string, duty: Duty): boolean {
  const text = restriction.trim().toLowerCase();
  if (text === "events only") return !isEvent(duty);
  if (text === "not on night duty") return isAtNight(duty);
  return true;
}

/** Some of it lies between 00:00 and 06:00 of the location: the night of the Arbeidstijdenwet. */
export function isAtNight({ startAt, endAt, timeZone }: Omit<Duty, "post">): boolean {
  const [start, end] = [localTime(startAt, timeZone), localTime(endAt, timeZone)];
  const startsAtNight = start.slice(11) < "06:00:00";
  const passesMidnight = start.slice(0, 10) !== end.slice(0, 10) && end.slice(11) !== "00:00:00";
  return startsAtNight || passesMidnight || +endAt - +startAt > 86_400_000;
}
