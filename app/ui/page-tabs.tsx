import { Link } from "@remix-run/react";
import { clsx } from "clsx";

export type PageTab = { id: string; label: string; to: string };

/** The pages of a room that stand side by side; where it is narrow they scroll sideways. */
export function PageTabs({
  label,
  tabs,
  current,
}: {
  label: string;
  tabs: readonly PageTab[];
  /** Null on a page beneath them. */
  current: string | null;
}) {
  return (
    <nav aria-label={label} className="-mt-1 flex gap-1 overflow-x-auto border-b border-line">
      {tabs.map(({ id, label, to }) => (
        <Link
          key={id}
          to={to}
          aria-current={id === current ? "page" : undefined}
          className={clsx(
            "border-b-2 px-3 py-2 whitespace-nowrap",
            id === current ? "border-accent font-medium" : "border-transparent text-muted hover:text-ink",
          )}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
