import { addDays, type Period } from "./period";

/** The first dates of all days, weeks (from Monday), months or blocks of 28 days that hold a day of the period. */
export function stepsOf({ from, until }: Period, step: "day" | "week" | "month" | "28 days"): string[] {
  const dates: string[] = [];
  if (step === "28 days") {
    for (let date = addDays(until, -27); addDays(date, 27) >= from; date = addDays(date, -28)) dates.unshift(date);
    return dates;
  }
  const next = { day: (date: string) => addDays(date, 1), week: (date: string) => addDays(date, 7), month: monthAfter };
  for (let date = firstOf(from, step); date <= until; date = next[step](date)) dates.push(date);
  return dates;
}

function firstOf(date: string, step: "day" | "week" | "month"): string {
  if (step === "day") return date;
  if (step === "month") return `${date.slice(0, 7)}-01`;
  return addDays(date, -((new Date(`${date}T12:00:00Z`).getUTCDay() + 6) % 7));
}

function monthAfter(date: string): string {
  return `${addDays(`${date.slice(0, 7)}-28`, 4).slice(0, 7)}-01`;
}
