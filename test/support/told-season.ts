import { expect } from 'vitest'
import type { Notice } from '../../lib/rules/notice.ts'
import type { EventHead } from '../../lib/records/records.ts'
import type { SeasonRef } from '../../lib/rules/season/season-place.ts'
import type { Store } from '../../lib/store/table/store.ts'
import { refOf } from '../../lib/rules/season/season-row.ts'
import { noticeBody } from '../../lib/seatbuilder/notice-shape.ts'
import { readEventRows, readSeasonRows } from '../../lib/store/seats/read-event.ts'
import { drawTable, rowDrawing } from './drawings.ts'
import { makeEvent } from './scene.ts'
import { makeSeason } from './season-scene.ts'
import { openSeatsioScene } from './seatsio-scene.ts'
import { openTold } from './told.ts'

/** The season `season` of `match-1` to `match-3`, its first two `spring`, its last two `autumn`, and all that is told of it. */
export async function openToldSeason(seatsPerRow = 10) {
  const scene = await openSeatsioScene()
  const told = await openTold(scene)
  const drawing = rowDrawing({
    seatsPerRow,
    plane: { tables: [drawTable('T1', 2)] },
  })
  const { chartKey } = await makeEvent(scene.native, drawing)
  const events = ['match-1', 'match-2', 'match-3']
  const partials = { spring: events.slice(0, 2), autumn: events.slice(1), empty: [] }
  const heads = await makeSeason(scene.context(), { chartKey, events, partials })
  const headOf = (key: string) => {
    const head = heads.get(key)
    if (head === undefined) throw new Error(key)
    return head
  }
  await told.relay()
  told.forget()
  /** What is told since it was asked last: each notice as the document says, under an id of its own. */
  const heard = async () => {
    await told.relay()
    const notices = told.notices()
    told.forget()
    for (const { id, event, objectLabel, version, ...rest } of notices) {
      const notice = { id, event, objectLabel, version, ...rest }
      expect(noticeBody.safeParse(notice).error?.issues).toBeUndefined()
      expect(id).toBe(`${headOf(event.eventKey).eventId}:${objectLabel}:${version}`)
    }
    expect(new Set(notices.map(({ id }) => id)).size).toBe(notices.length)
    return notices
  }
  const hold = async (eventKey: string, objectLabels: readonly string[], more: object = {}) => {
    const body = { objectLabels, holdToken: 'token-of-ada', ttlSeconds: 60, ...more }
    return scene.native(`POST /api/v1/events/${eventKey}/seats/hold`, body)
  }
  /** As in `season book`. */
  const change = (what: string, objects: readonly string[], more = {}) => {
    const [eventKey = '', action = ''] = what.split(' ')
    return scene.api(`POST /events/${eventKey}/actions/${action}`, { objects, ...more })
  }
  const { store } = scene.runtime
  const season = refOf(headOf('season'))
  const owned = () => ownedIn(store, heads, season)
  return { ...scene, told, heard, hold, change, owned, heads, headOf, season }
}

/** Whatever is stored, that events and season say the same of each other; answers who has what, in words. */
async function ownedIn(
  store: Store,
  heads: ReadonlyMap<string, EventHead>,
  season: SeasonRef,
): Promise<string[]> {
  const ofSeason = await readSeasonRows(store, season)
  const words: string[] = []
  for (const head of heads.values()) {
    for (const [label, { state }] of (await readEventRows(store, head)).seats) {
      const number = head.season?.role === 'event' ? head.season.number : undefined
      const isTaken = state.status !== 'free'
      if (number !== undefined) {
        expect(ofSeason.get(label)?.taken.includes(number) ?? false).toBe(isTaken)
      }
      if (isTaken) words.push(`${head.eventKey} ${label} ${state.status}`)
    }
  }
  return words.sort()
}

/** A notice in words. */
export function brief({ event, objectLabel, type, previousStatus, status }: Notice): string {
  return `${event.eventKey} ${objectLabel} ${type.replace('seat.', '')} ${previousStatus}→${status}`
}
