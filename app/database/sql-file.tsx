import { useState } from "react";

import { Button } from "~/ui/button";

/** The text of a migration file, to be copied. */
export function SqlFile({ name, text }: { name: string; text: string }) {
  const [isCopied, setIsCopied] = useState(false);
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setIsCopied(true),
      () => setIsCopied(false),
    );
  return (
    <figure className="min-w-0 rounded-md border border-line">
      <figcaption className="flex min-w-0 items-center justify-between gap-3 border-b border-line py-1 pr-1 pl-3 text-xs text-muted">
        <span className="min-w-0 truncate">{name}</span>
        <Button size="sm" tone="quiet" onClick={copy} aria-label={`Copy ${name}`}>
          {isCopied ? "Copied" : "Copy"}
        </Button>
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard. */}
      <pre className="overflow-x-auto px-3 py-2 font-mono text-xs" tabIndex={0}>
        {text.trimEnd()}
      </pre>
    </figure>
  );
}
