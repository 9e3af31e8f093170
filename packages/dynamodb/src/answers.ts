/** The answer of an operation that says nothing: its body has no bytes. */
export const noBody: object = Object.freeze({})
