import type { Make } from '../make.ts'

/** Two regions that screen readers follow: one waits for a pause; the other does not, and is seen by everybody for a while. */
export function makeAnnouncer(
  make: Make,
  later: (milliseconds: number, call: () => void) => unknown,
): {
  readonly polite: HTMLElement
  readonly urgent: HTMLElement
  readonly say: (text: string, urgency?: 'urgent') => void
} {
  const polite = make('div', { class: 'unseen', 'aria-live': 'polite', 'aria-atomic': 'true' })
  const urgent = make('div', {
    class: 'toast',
    part: 'message',
    role: 'alert',
    'aria-atomic': 'true',
  })
  const waiting = new Map<HTMLElement, string[]>()
  const say = (text: string, urgency?: 'urgent') => {
    const region = urgency === 'urgent' ? urgent : polite
    const texts = waiting.get(region)
    if (texts !== undefined) {
      texts.push(text)
      return
    }
    // Emptied first, so that the same words are read twice when they are said twice.
    region.textContent = ''
    waiting.set(region, [text])
    later(PAUSE_MS, () => {
      region.textContent = (waiting.get(region) ?? []).join(' ')
      waiting.delete(region)
      if (region === urgent) clearLater(urgent, later)
    })
  }
  return { polite, urgent, say }
}

/** What is said within that time is said together. */
const PAUSE_MS = 60

/** Long enough to read two sentences twice. */
const SEEN_MS = 10_000

function clearLater(
  region: HTMLElement,
  later: (milliseconds: number, call: () => void) => unknown,
): void {
  const said = region.firstChild
  later(SEEN_MS, () => {
    if (region.firstChild === said) region.textContent = ''
  })
}
