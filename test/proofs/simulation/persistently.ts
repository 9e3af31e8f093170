import type { Life } from './processes.ts'

/** Sendings of what the SDK sends again by itself: reads of the table, and all calls of the bus. */
const ATTEMPTS_MAX = 4

/** The first wait between them. */
const BACKOFF_MS = 50

/** Sends again what may go well the next time, as the SDK does. */
export async function persistently<Answer>(
  life: Life,
  once: () => Promise<Answer>,
): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once()
    } catch (error) {
      if (!isTransient(error)) throw error
      if (attempt === ATTEMPTS_MAX) throw withAttempts(error as Error, attempt)
      await life.port.clock.sleep(BACKOFF_MS * 2 ** attempt)
    }
  }
}

/** The SDK writes on an error how often it tried. */
function withAttempts(error: Error & { $metadata?: object }, attempts: number): Error {
  return Object.assign(error, { $metadata: { ...error.$metadata, attempts } })
}

/** What the SDK's standard mode sends again. */
function isTransient(error: unknown): boolean {
  const { name, $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } }
  if ($metadata === undefined) return name === 'TimeoutError'
  return ($metadata.httpStatusCode ?? 0) >= 500 || /Throughput|Throttl/.test(name ?? '')
}
