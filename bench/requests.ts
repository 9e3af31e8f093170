/** A request of the SDK, as far as it is looked at here. */
export interface Request {
  readonly headers: Record<string, string>
  body: unknown
}

/** An answer to the SDK. */
export interface Answer {
  readonly statusCode: number
  readonly headers: Record<string, string>
  readonly body: AsyncIterable<Uint8Array> | Uint8Array
}

/** What stands behind the SDK's client. */
export interface Handler {
  handle(request: Request): Promise<{ response: Answer }>
}

/** The operation that a request names, e.g. PutItem. */
export function operationOf({ headers }: Request): string {
  return headers['x-amz-target']?.split('.')[1] ?? ''
}

/** The body of a request. */
export function textOf(body: unknown): string {
  return typeof body === 'string' ? body : new TextDecoder().decode(body as Uint8Array)
}

/** All bytes of an answer. */
export async function readAll(body: Answer['body']): Promise<Buffer> {
  if (body instanceof Uint8Array) return Buffer.from(body)
  const chunks: Uint8Array[] = []
  for await (const chunk of body) chunks.push(chunk)
  return Buffer.concat(chunks)
}
