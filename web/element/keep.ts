/** Keeps what is shown in step with what is known: each piece is shown at once, and again whenever something has changed. */
export function openKeeper(signal: AbortSignal): {
  readonly keep: (show: () => void) => void
  readonly refresh: () => void
} {
  const shows: (() => void)[] = []
  let isDue = false
  return {
    keep: (show) => {
      shows.push(show)
      show()
    },
    refresh: () => {
      if (isDue || signal.aborted) return
      isDue = true
      queueMicrotask(() => {
        isDue = false
        if (!signal.aborted) for (const show of shows) show()
      })
    },
  }
}
