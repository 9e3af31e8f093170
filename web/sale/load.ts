import { defined } from '../../lib/defined.ts'
import { codeOf, fieldsOf, readSnapshot, type Snapshot } from './read-answers.ts'
import type { Answer, Ask } from './requests.ts'
import type { LoadedEvent } from './sale.ts'
import { DRAWING_MS } from './times.ts'

/** Why there is nothing to show for now. */
export interface Trouble {
  readonly kind: 'failed' | 'refused' | 'gone'
  readonly retryAfterMs: number
}

/** What came already: of a drawing of megabytes nothing is asked twice because a smaller answer failed. */
export interface Parts {
  event?: { readonly name: string | undefined; readonly version: unknown }
  drawing?: { readonly drawing: unknown }
}

/** Everything about an event, as it was read together. */
export interface Loaded {
  readonly kind: 'loaded'
  readonly event: LoadedEvent
  readonly snapshot: Snapshot
  /** Of the snapshot. */
  readonly answer: Answer
  /** Whether the drawing may be older than the snapshot. */
  readonly isOld: boolean
}

const UNPUBLISHED = ['layout_not_found', 'chart_not_found']

/** Reads event, drawing and snapshot side by side. */
export async function load(
  { ask, eventKey, heard }: { ask: Ask; eventKey: string; heard: () => void },
  parts: Parts,
): Promise<Loaded | Trouble> {
  const hear = <Part extends object>(part: Part) => {
    if (!('kind' in part)) heard()
    return part
  }
  const [event, drawing, told] = await Promise.all([
    parts.event ?? ask({ path: '', isCacheable: true }).then(toEvent).then(hear),
    parts.drawing ??
      ask({ path: '/layout', isCacheable: true, timeoutMs: DRAWING_MS }).then(toDrawing).then(hear),
    ask({ path: '/snapshot?labels=true' }).then(toTold).then(hear),
  ])
  if (!('kind' in event)) parts.event = event
  if (!('kind' in drawing)) parts.drawing = drawing
  // What tells most first: an event that is gone has no drawing either.
  if ('kind' in event) return event
  if ('kind' in told) return told
  if ('kind' in drawing) return drawing
  const { snapshot, answer } = told
  const { categories, objectCategories } = snapshot
  return {
    kind: 'loaded',
    event: {
      eventKey,
      name: event.name,
      drawing: drawing.drawing,
      ...defined({ categories, objectCategories }),
    },
    snapshot,
    answer,
    isOld: typeof event.version === 'number' && event.version < (snapshot.chartVersion ?? 0),
  }
}

/** What an answer without what was asked for means. Only the API itself may refuse: what stands in between is an outage. */
export function troubleIn(answer: Answer | undefined): Trouble {
  const retryAfterMs = answer?.retryAfterMs ?? 0
  const code = codeOf(answer?.body)
  if (code === 'event_not_found') return { kind: 'gone', retryAfterMs }
  const isRefused = answer?.status === 401 || answer?.status === 403
  return { kind: isRefused && code !== undefined ? 'refused' : 'failed', retryAfterMs }
}

function toEvent(answer: Answer | undefined): Required<Parts>['event'] | Trouble {
  const { eventKey, name, chartPublishedVersion: version } = fieldsOf(answer?.body)
  if (answer?.status !== 200 || typeof eventKey !== 'string') return troubleIn(answer)
  return { name: typeof name === 'string' ? name : undefined, version }
}

/** An event whose chart shows nothing yet has no drawing, and is there all the same. */
function toDrawing(answer: Answer | undefined): Required<Parts>['drawing'] | Trouble {
  if (answer?.status === 404 && UNPUBLISHED.includes(codeOf(answer.body) ?? '')) {
    return { drawing: undefined }
  }
  if (answer?.status !== 200 || answer.body === undefined) return troubleIn(answer)
  return { drawing: answer.body }
}

function toTold(answer: Answer | undefined): { snapshot: Snapshot; answer: Answer } | Trouble {
  const snapshot = answer?.status === 200 ? readSnapshot(answer.body) : undefined
  if (answer === undefined || snapshot === undefined) return troubleIn(answer)
  return { snapshot, answer }
}
