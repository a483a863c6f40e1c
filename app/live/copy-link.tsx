import { Check, Link2 } from "lucide-react";
import { useEffect, useState } from "react";

import { Button } from "~/ui/button";

const thanksMs = 2500;

/** Copies an address of this console. `path` begins with a slash; it is read when the button is pressed. */
export function CopyLink({ path, children }: { path: () => string; children: string }) {
  const [outcome, setOutcome] = useState<"copied" | "refused" | null>(null);
  useEffect(() => {
    if (outcome !== "copied") return;
    const timer = setTimeout(() => setOutcome(null), thanksMs);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(`${window.location.origin}${path()}`);
      setOutcome("copied");
    } catch {
      setOutcome("refused");
    }
  };
  return (
    <>
      <Button size="sm" onClick={copy}>
        {outcome === "copied" ? <Check /> : <Link2 />} {children}
      </Button>
      <span role="status" className={outcome === "refused" ? "text-xs text-warning" : "sr-only"}>
        {outcome === "copied" && "Copied."}
        {outcome === "refused" && "This browser let nothing be copied: take the address from its own bar."}
      </span>
    </>
  );
}
