/** A migration did not run. The message says what stands in the way and what to do. */
export class MigrationError extends Error {}
