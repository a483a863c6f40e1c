import { Link, useSearchParams } from "@remix-run/react";
import { clsx } from "clsx";

/** Links that choose one value of one parameter and leave the others of the address. */
export function ChoiceLinks({
  label,
  name,
  chosen,
  options,
}: {
  label: string;
  name: string;
  chosen: string;
  options: readonly { value: string; label: string }[];
}) {
  const [params] = useSearchParams();
  return (
    <nav aria-label={label} className="flex flex-wrap gap-1">
      {options.map(({ value, label }) => {
        const next = new URLSearchParams(params);
        next.set(name, value);
        return (
          <Link
            key={value}
            to={`?${next}`}
            replace
            preventScrollReset
            aria-current={value === chosen || undefined}
            className={clsx(
              "inline-flex h-7 items-center rounded-md px-2 text-xs max-md:h-9",
              value === chosen ? "bg-accent-soft font-medium text-accent" : "text-muted hover:bg-hover hover:text-ink",
            )}
          >
            {label}
          </Link>
        );
      })}
    </nav>
  );
}
