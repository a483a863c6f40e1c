import { Link, type LinkProps } from "@remix-run/react";
import { clsx } from "clsx";
import { type ButtonHTMLAttributes, forwardRef } from "react";

export type ButtonLook = { tone?: "primary" | "secondary" | "quiet" | "danger"; size?: "sm" | "md" };

const tones = {
  primary: "border-transparent bg-accent-fill text-on-accent hover:bg-accent-fill-hover",
  secondary: "border-line-strong bg-surface text-ink hover:bg-hover hover:border-control",
  quiet: "border-transparent text-muted hover:bg-hover hover:text-ink",
  danger: "border-transparent bg-critical-fill text-on-accent hover:bg-critical-fill-hover",
};

const sizes = { sm: "h-7 px-2 text-xs max-md:h-9", md: "h-8 px-3 max-md:h-10" };

export function buttonClass({ tone = "secondary", size = "md" }: ButtonLook = {}, className?: string): string {
  return clsx(
    "inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-md border font-medium",
    "transition-colors duration-100 disabled:opacity-50 [&_svg]:size-3.5 [&_svg]:shrink-0",
    tones[tone],
    sizes[size],
    className,
  );
}

export type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & ButtonLook;

export const Button = forwardRef<HTMLButtonElement, ButtonProps>(function Button(
  { tone, size, className, type = "button", ...rest },
  ref,
) {
  return <button ref={ref} type={type} className={buttonClass({ tone, size }, className)} {...rest} />;
});

/** A link that looks like a button: it goes somewhere, it does nothing. */
export function ButtonLink({ tone, size, className, ...rest }: LinkProps & ButtonLook) {
  return <Link className={buttonClass({ tone, size }, className)} {...rest} />;
}
