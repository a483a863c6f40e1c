import { Link } from "@remix-run/react";
import { clsx } from "clsx";

const tabs = [
  { id: "overview", label: "Overview", to: "/database" },
  { id: "statements", label: "Statements", to: "/database/statements" },
  { id: "runbook", label: "Runbook", to: "/database/runbook" },
  { id: "server", label: "Server and features", to: "/database/features" },
] as const;

/** The pages of the room. */
export function DatabaseTabs({ current }: { current: (typeof tabs)[number]["id"] | null }) {
  return (
    <nav aria-label="Database" className="-mt-1 flex gap-1 border-b border-line">
      {tabs.map(({ id, label, to }) => (
        <Link
          key={id}
          to={to}
          aria-current={id === current ? "page" : undefined}
          className={clsx(
            "-mb-px border-b-2 px-3 py-2",
            id === current ? "border-accent font-medium" : "border-transparent text-muted hover:text-ink",
          )}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
