/** A pattern that is none: the message says why. */
export class PatternError extends Error {}
