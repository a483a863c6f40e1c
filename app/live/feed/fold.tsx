import { type ReactNode, useState } from "react";

import { useIsHydrated } from "~/ui/clock";

/**
 * A line that opens as what it stands for. What is folded is not drawn, so that `j` and `k` pass over it; without
 * script it is, and the browser folds it.
 */
export function Fold({
  summary,
  className,
  children,
}: {
  summary: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  const [isOpen, setIsOpen] = useState(false);
  const isHydrated = useIsHydrated();
  return (
    <details onToggle={(event) => event.currentTarget === event.target && setIsOpen(event.currentTarget.open)}>
      <summary data-row className={className}>
        {summary}
      </summary>
      {(isOpen || !isHydrated) && children}
    </details>
  );
}
