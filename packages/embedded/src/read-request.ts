/** The text of a body as the SDK hands it to its request handler. */
export function textOf(body: unknown): string {
  if (typeof body === 'string') return body
  return body instanceof Uint8Array ? new TextDecoder().decode(body) : ''
}

/** Headers by their names in lower case, as a socket would bring them. */
export function lowerNames(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  )
}

/** What `parseJson` makes of a text that is no JSON. */
export const malformed = Symbol('malformed')

/** The value that a text says, or `malformed`. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return malformed
  }
}
