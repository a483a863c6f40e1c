import type { Finder } from "./finding";

/** An employee stands on shifts of the company that employs the guard alone. */
export const findEmployer: Finder = ({ shift, guard: { employment, employer } }) => {
  if (employment === "zzp" || employer?.id === shift.companyId) return [];
  if (employer === null)
    return [
      {
        sentence: "Is an employee of nobody on record: whether of this company is unknown.",
        change: "An employer on record.",
        isToKnow: true,
      },
    ];
  return [
    {
      sentence: `Is employed by another company, ${employer.name}.`,
      change: `A shift of ${employer.name}, or a guard of this company.`,
    },
  ];
};
