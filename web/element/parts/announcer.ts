import type { Make } from '../make.ts'

/** Two regions that screen readers follow: one waits for a pause, the other does not. */
export function makeAnnouncer(
  make: Make,
  later: (milliseconds: number, call: () => void) => unknown,
): {
  readonly elements: readonly HTMLElement[]
  readonly say: (text: string, urgency?: 'urgent') => void
} {
  const polite = make('div', { class: 'unseen', 'aria-live': 'polite', 'aria-atomic': 'true' })
  const urgent = make('div', { class: 'unseen', role: 'alert', 'aria-atomic': 'true' })
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
    })
  }
  return { elements: [polite, urgent], say }
}

/** What is said within that time is said together. */
const PAUSE_MS = 60
