import { z } from "zod";

import { describeFailure } from "./check-steps";
import type { Tally } from "./run-steps";

const spec = z.object({
  file: z.string(),
  line: z.number(),
  title: z.string(),
  ok: z.boolean(),
  tests: z.array(
    z.object({ results: z.array(z.object({ error: z.object({ message: z.string().default("") }).optional() })) }),
  ),
});

type Suite = { specs?: z.infer<typeof spec>[] | undefined; suites?: Suite[] | undefined };

const suite: z.ZodType<Suite> = z.lazy(() =>
  z.object({ specs: z.array(spec).optional(), suites: z.array(suite).optional() }),
);

const report = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  suites: z.array(suite),
});

/** A journey that passes only when it is repeated has failed. */
export function countPlaywright(written: unknown): Tally {
  const { stats, suites } = report.parse(written);
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
    failures: suites
      .flatMap(specsOf)
      .filter(({ ok }) => !ok)
      .map(describeSpec),
  };
}

const specsOf = ({ specs = [], suites = [] }: Suite): z.infer<typeof spec>[] => [...specs, ...suites.flatMap(specsOf)];

function describeSpec({ file, line, title, tests }: z.infer<typeof spec>): string {
  const [error] = tests.flatMap(({ results }) => results.flatMap((result) => result.error ?? []));
  return describeFailure(`${file}:${line} › ${title}`, error?.message);
}
