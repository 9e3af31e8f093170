import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { instant, type Instant } from '../../../../lib/clock.ts'
import type { Change } from '../../../../lib/rules/machine.ts'
import { nameOf } from '../../../../lib/rules/rows.ts'
import { atRest } from '../../../../lib/rules/seat.ts'
import { changesBetween, needsHistory } from '../../../../lib/rules/seat-changes.ts'
import { roster, season } from '../../../support/season-decisions.ts'
import {
  apply,
  decideIn,
  LABELS,
  nothingStored,
  places,
  rowIn,
  tableSharers,
  type Asked,
  type StoredSeason,
} from '../../../support/season-world.ts'

// Requests for a season, its partial seasons and its events, each decided on rows of which some are out of date, and written where its
// guards hold: judged by what is stored in the end, object by object, which knows nothing of how seasons keep it.

const START = 1_000_000

/** A request: what it asks, how much time has passed, and which rows it sees as they were before the last commits. */
interface Request {
  readonly asked: Asked
  readonly waits: number
  readonly stale: readonly boolean[]
}

type MakeChange = (token: string, now: Instant) => Change

/** Each kind of change that is asked for. */
const makers = {
  'set-booked': () => ({ kind: 'set-booked' }),
  'set-free': () => ({ kind: 'set-free' }),
  'set-back': () => ({ kind: 'set-back' }),
  'set-resale': () => ({ kind: 'set-resale' }),
  'set-custom': () => ({ kind: 'set-custom', status: 'checkedIn' }),
  hold: (holdToken, now) => ({ kind: 'hold', holdToken, until: instant(now + 2) }),
  'book-held': (holdToken) => ({ kind: 'book-held', holdToken }),
  release: () => ({ kind: 'release' }),
  'release-held': (holdToken) => ({ kind: 'release-held', holdToken }),
  expire: (holdToken) => ({ kind: 'expire', holdToken }),
  annotate: () => ({ kind: 'annotate' }),
  'override-season': (token) => {
    return { kind: 'override-season', seasonId: token === 'ada' ? 'season' : 'spring' }
  },
} as const satisfies Partial<Record<Change['kind'], MakeChange>>

const anyObject = fc
  .tuple(fc.constantFrom(...Object.keys(places)), fc.constantFrom(...LABELS))
  .map(([id, label]) => `${id} ${label}`)

const anyStep = fc.record({
  object: anyObject,
  make: fc.constantFrom<MakeChange>(...Object.values(makers)),
  token: fc.constantFrom('ada', 'bob'),
})

const anyRequest = fc.record({
  steps: fc.array(anyStep, { minLength: 1, maxLength: 3 }),
  waits: fc.constantFrom(0, 0, 0, 1, 2),
  stale: fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }),
})

test('whatever meets whatever, no place has two owners, and a season knows in which events it is taken', () => {
  let committed = 0
  let lost = 0
  const property = fc.property(fc.array(anyRequest, { maxLength: 14 }), (requests) => {
    let [before, now]: [StoredSeason, Instant] = [nothingStored, instant(START)]
    let stored = before
    const overridden = new Set<string>()
    for (const { steps, waits, stale } of requests) {
      now = instant(now + waits)
      const at = now
      const asked = steps.map(({ object, make, token }) => [object, make(token, at)] as const)
      const sight = mixed(before, stored, stale)
      const decision = decideIn(sight, noted({ asked, waits, stale }), now)
      if (decision.refusals.length > 0 || decision.isUnread) continue
      const after = apply(stored, decision)
      if (after === undefined) {
        lost += 1
        continue
      }
      committed += 1
      judgeChanges(stored, after, decision)
      ;[before, stored] = [stored, after]
      for (const [object, change] of asked) {
        if (change.kind === 'override-season') overridden.add(`${object} ${change.seasonId}`)
      }
      judge(stored, now, overridden)
    }
  })
  fc.assert(property, { numRuns: 3_000, seed: 7 })
  expect(committed).toBeGreaterThan(4_000)
  expect(lost).toBeGreaterThan(700)
})

function noted({ asked }: Request): Asked {
  return asked.filter(([object, { kind }]) => {
    const [id = ''] = object.split(' ')
    return kind !== 'override-season' || places[id]?.season?.role === 'event'
  })
}

/** Some rows as they are, some as they were: a batch reads none at the same moment as another. */
function mixed(was: StoredSeason, is: StoredSeason, stale: readonly boolean[]): StoredSeason {
  let turn = 0
  const pick = <Row>(old: ReadonlyMap<string, Row>, current: ReadonlyMap<string, Row>) =>
    new Map(
      [...current].flatMap(([name, row]) => {
        const isStale = stale[turn % stale.length] === true
        turn += 1
        const seen = isStale ? old.get(name) : row
        return seen === undefined ? [] : [[name, seen] as const]
      }),
    )
  return { seats: pick(was.seats, is.seats), seasons: pick(was.seasons, is.seasons) }
}

/** What somebody has of the season at that moment, by place and label. */
function judge(stored: StoredSeason, now: Instant, overridden: ReadonlySet<string>): void {
  const owned = Object.keys(places).flatMap((id) =>
    LABELS.filter((label) => atRest(rowIn(stored, id, label), now).status !== 'free').map(
      (label) => {
        return { id, label }
      },
    ),
  )
  for (const [index, one] of owned.entries()) {
    for (const other of owned.slice(index + 1)) {
      const isSame = one.label === other.label || tableSharers(one.label).includes(other.label)
      if (isSame && doMeet(one, other, overridden)) {
        expect.fail(`${one.id} ${one.label} and ${other.id} ${other.label} are both taken`)
      }
    }
  }
  for (const label of LABELS) {
    const taken = roster.events.flatMap(({ eventId, number }) => {
      const row = rowIn(stored, eventId, label)
      return row === undefined || row.state.status === 'free' ? [] : [number]
    })
    expect(stored.seasons.get(nameOf({ event: season, label }))?.taken ?? []).toEqual(taken)
  }
}

interface Owned {
  readonly id: string
  readonly label: string
}

/** Whether two have an event in common in which both count. */
function doMeet(one: Owned, other: Owned, overridden: ReadonlySet<string>): boolean {
  const isEvent = (id: string) => places[id]?.season?.role === 'event'
  if (one.id === other.id) return one.label !== other.label
  if (isEvent(one.id) && isEvent(other.id)) return false
  const isInside = (event: string, { id, label }: Owned) =>
    eventsIn(id).includes(event) && !overridden.has(`${event} ${label} ${id}`)
  if (isEvent(one.id)) return isInside(one.id, other)
  if (isEvent(other.id)) return isInside(other.id, one)
  if ([one.id, other.id].includes('season')) return !isAlone(one) && !isAlone(other)
  return eventsIn(one.id).some((event) => eventsIn(other.id).includes(event))
}

/** A partial season without events can only meet the season, which looks at it where it has some. */
function isAlone({ id }: Owned): boolean {
  return id !== 'season' && eventsIn(id).length === 0
}

function eventsIn(id: string): string[] {
  if (id === 'season') return roster.events.map(({ eventId }) => eventId)
  const numbers = roster.partials.find(({ eventId }) => eventId === id)?.events ?? []
  return roster.events
    .filter(({ number }) => numbers.includes(number))
    .map(({ eventId }) => eventId)
}

/** What is told of the two images of each object is what history says of it, version by version. */
function judgeChanges(
  before: StoredSeason,
  after: StoredSeason,
  { writes }: ReturnType<typeof decideIn>,
): void {
  const lines = writes.history.flatMap(({ event, changes }) =>
    changes.map((change) => ({ ...change, id: event.eventId })),
  )
  for (const id of Object.keys(places)) {
    for (const label of LABELS) {
      const [was, is] = [rowIn(before, id, label), rowIn(after, id, label)]
      const ofObject = lines.filter((line) => line.id === id && line.label === label)
      if (is === undefined || was === is) {
        expect(ofObject).toEqual([])
        continue
      }
      const asked = needsHistory(was, is) ? ofObject : []
      const told = changesBetween(was, is, asked)
      expect(told.map(({ version, from, to }) => `${version} ${from} ${to}`)).toEqual(
        ofObject.map(({ version, from, to }) => `${version} ${from} ${to}`),
      )
      for (const { type, version } of told) {
        const isSilent = ofObject.find((line) => line.version === version)?.isSilent === true
        if (isSilent) expect(type).toBe('seat.updated')
      }
    }
  }
}
