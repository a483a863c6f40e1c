/** A request, an approval or a cancel was refused. The message is a sentence for whoever asked. */
export class RunRefusal extends Error {
  override name = "RunRefusal";

  constructor(
    message: string,
    /** moved: look at the plan again. conflict: the number is taken or the state is another. */
    readonly kind: "confirmation" | "permission" | "plan" | "moved" | "conflict" | "missing",
  ) {
    super(message);
  }
}
