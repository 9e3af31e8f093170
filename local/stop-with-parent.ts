/** Milliseconds between two looks at whether npm is still there. */
const PARENT_POLL_MS = 250

/**
 * Calls `stop` once npm is gone: a signal to `npm start` ends npm and its shell, but is not passed on by either. Answers what ends
 * the watching; by itself it keeps no program alive.
 */
export function stopWithParent(stop: () => void): () => Promise<void> {
  const parent = process.ppid
  const watching = setInterval(() => {
    if (process.ppid !== parent) stop()
  }, PARENT_POLL_MS)
  watching.unref()
  return () => {
    clearInterval(watching)
    return Promise.resolve()
  }
}
