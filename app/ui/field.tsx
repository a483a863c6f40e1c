import { clsx } from "clsx";
import { type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes, useId } from "react";

const control = clsx(
  "w-full rounded-md border border-control bg-surface px-2.5 text-ink placeholder:text-faint",
  "hover:border-muted focus-visible:outline-offset-0 disabled:bg-sunken disabled:text-muted",
  "aria-invalid:border-critical max-md:text-[16px]",
);

type Wiring = { id: string; "aria-describedby": string | undefined; "aria-invalid": true | undefined };

/** Label, hint and error around one control; `children` receives what ties them together. */
export function Field({
  label,
  hint,
  error,
  isLabelHidden = false,
  className,
  children,
}: {
  label: string;
  hint?: ReactNode;
  /** A sentence: what is wrong and what to enter. */
  error?: string;
  isLabelHidden?: boolean;
  className?: string;
  children: (wiring: Wiring) => ReactNode;
}) {
  const id = useId();
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || undefined;
  return (
    <div className={clsx("flex min-w-0 flex-col gap-1", className)}>
      <label htmlFor={id} className={isLabelHidden ? "sr-only" : "text-xs font-medium text-muted"}>
        {label}
      </label>
      {children({ id, "aria-describedby": describedBy, "aria-invalid": error ? true : undefined })}
      {hint && (
        <p id={`${id}-hint`} className="text-xs text-muted">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="text-xs font-medium text-critical">
          {error}
        </p>
      )}
    </div>
  );
}

type FieldProps = { label: string; hint?: ReactNode; error?: string; isLabelHidden?: boolean; fieldClassName?: string };

export function TextField({
  label,
  hint,
  error,
  isLabelHidden,
  fieldClassName,
  className,
  ...rest
}: FieldProps & InputHTMLAttributes<HTMLInputElement>) {
  return (
    <Field label={label} hint={hint} error={error} isLabelHidden={isLabelHidden} className={fieldClassName}>
      {(wiring) => <input {...wiring} className={clsx(control, "h-8 max-md:h-10", className)} {...rest} />}
    </Field>
  );
}

/** The browser's own list: it works by keyboard, on a phone and without script. */
export function SelectField({
  label,
  hint,
  error,
  isLabelHidden,
  fieldClassName,
  className,
  options,
  ...rest
}: FieldProps & SelectHTMLAttributes<HTMLSelectElement> & { options: { value: string; label: string }[] }) {
  return (
    <Field label={label} hint={hint} error={error} isLabelHidden={isLabelHidden} className={fieldClassName}>
      {(wiring) => (
        <span className="relative block">
          <select {...wiring} className={clsx(control, "h-8 appearance-none pr-8 max-md:h-10", className)} {...rest}>
            {options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </select>
          <svg
            viewBox="0 0 16 16"
            aria-hidden="true"
            className="pointer-events-none absolute top-1/2 right-2.5 size-3 -translate-y-1/2 text-muted"
            fill="none"
            stroke="currentColor"
            strokeWidth="2"
            strokeLinecap="round"
            strokeLinejoin="round"
          >
            <path d="m3 6 5 5 5-5" />
          </svg>
        </span>
      )}
    </Field>
  );
}
