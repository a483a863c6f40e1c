import { clsx } from "clsx";
import { Search } from "lucide-react";

import { useIsHydrated } from "../clock";
import { Kbd } from "./kbd";

/** Opens the palette; invisible without script, since it would do nothing. */
export function PaletteTrigger({ onSearch, className }: { onSearch: () => void; className?: string }) {
  const isHydrated = useIsHydrated();
  return (
    <button
      type="button"
      onClick={onSearch}
      className={clsx(
        "flex h-8 items-center gap-2 rounded-md border border-line-strong bg-surface px-2 text-muted hover:border-control hover:text-ink",
        !isHydrated && "invisible",
        className,
      )}
    >
      <Search className="size-3.5" />
      <span className="flex-1 text-left">Search</span>
      <span className="flex gap-0.5 max-md:hidden" aria-hidden="true">
        <Kbd>Ctrl</Kbd>
        <Kbd>K</Kbd>
      </span>
    </button>
  );
}
