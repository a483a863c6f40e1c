/** The local database server cannot be had. The message says why, and what to do. */
export class LocalServerError extends Error {}
