import { Badge } from "~/ui/badge";
import { formatCount } from "~/ui/format";
import { Age } from "~/ui/time";
import type { Verification } from "../../db/console/get-latest-verification";
import { judgeChain } from "./judge-chain";

/** Whether the trail is what was written: when that was computed, over how much, and what does not agree. */
export function ChainState({ verification, asOf }: { verification: Verification | null; asOf: Date }) {
  const { severity, word } = judgeChain(verification, asOf);
  return (
    <section aria-label="Chain of the trail" className="flex flex-col gap-2 text-xs text-muted">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Badge severity={severity}>{word}</Badge>
        {verification ? (
          <span>
            {formatCount(verification.eventCount)} events held against {formatCount(verification.anchorCount)} anchors{" "}
            <Age at={verification.verifiedAt} />
          </span>
        ) : (
          <span>
            The worker verifies the chain every hour; <code className="font-mono">npm run audit:verify</code> does it
            now.
          </span>
        )}
      </p>
      {verification && verification.faults.length > 0 && (
        <ul className="list-disc pl-5 text-critical">
          {verification.faults.map((fault) => (
            <li key={fault}>{fault}</li>
          ))}
        </ul>
      )}
    </section>
  );
}
