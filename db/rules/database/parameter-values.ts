/** Types whose values a person can type, with what they look like. */
const forms: Record<string, { looks: RegExp; example: string }> = {
  smallint: { looks: /^[-+]?\d{1,5}$/, example: "12" },
  integer: { looks: /^[-+]?\d{1,10}$/, example: "12" },
  bigint: { looks: /^[-+]?\d{1,19}$/, example: "12" },
  numeric: { looks: /^[-+]?\d{1,30}(\.\d{1,20})?$/, example: "12.50" },
  real: { looks: /^[-+]?\d{1,30}(\.\d{1,20})?$/, example: "12.5" },
  "double precision": { looks: /^[-+]?\d{1,30}(\.\d{1,20})?$/, example: "12.5" },
  boolean: { looks: /^(true|false)$/, example: "true" },
  uuid: { looks: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i, example: "7d3f0c1e-0000-4000-8000-000000000000" },
  date: { looks: /^\d{4}-\d{2}-\d{2}$/, example: "2026-11-22" },
  "timestamp with time zone": {
    looks: /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[-+]\d{2}(:?\d{2})?)$/,
    example: "2026-11-22 18:00+01",
  },
  "timestamp without time zone": {
    looks: /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?$/,
    example: "2026-11-22 18:00",
  },
  interval: { looks: /^\d{1,6} (seconds?|minutes?|hours?|days?|weeks?|months?|years?)$/, example: "7 days" },
  text: { looks: /^[^\0]{0,500}$/, example: "any text" },
  "character varying": { looks: /^[^\0]{0,500}$/, example: "any text" },
};

/** What a value of the type looks like; null where nobody can type one here. */
export function exampleOf(type: string): string | null {
  return forms[type]?.example ?? null;
}

/** One sentence for each value that does not fit its parameter, by its number; empty where all fit. */
export function refuseValues(types: readonly string[], values: readonly (string | null)[]): string[] {
  return types.flatMap((type, position) => {
    const form = forms[type];
    const value = values[position] ?? null;
    if (!form) return `Parameter $${position + 1} is of type ${type}, of which no value can be entered here.`;
    if (value === null)
      return `Parameter $${position + 1} has no value; enter one of type ${type}, such as ${form.example}.`;
    return form.looks.test(value)
      ? []
      : `Parameter $${position + 1} does not look like ${type}; enter a value such as ${form.example}.`;
  });
}
