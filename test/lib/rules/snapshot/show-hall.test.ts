import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { instant, type Instant } from '../../../../lib/clock.ts'
import { defined } from '../../../../lib/defined.ts'
import { decodeHall, encodeHall } from '../../../../lib/rules/snapshot/encode-hall.ts'
import {
  areasAfter,
  endedBy,
  lettersAfter,
  type AreaNow,
  type Hall,
  type HallHold,
} from '../../../../lib/rules/snapshot/hall.ts'
import {
  atRestBy,
  changedBetween,
  withRevision,
  type Revision,
} from '../../../../lib/rules/snapshot/revisions.ts'
import {
  ENDS_MAX,
  nameOfTold,
  readTold,
  showHall,
  toldAt,
  type ShownHall,
} from '../../../../lib/rules/snapshot/show-hall.ts'
import { READ_AT, sellHall } from '../../../support/any-hall.ts'

const [OBJECTS, AREA] = [12, 3]

const at = (ms: number) => instant(READ_AT + ms)

/** What one object is: a letter, and until when it is held, if it is. */
const anyObject = fc.record({
  letter: fc.constantFrom('f', 'b', 't', 'r', 'n', 'c', '-'),
  heldMs: fc.option(fc.integer({ min: 1, max: 12_000 }), { nil: undefined }),
})

const anyPool = fc.record({
  channel: fc.option(fc.nat(2), { nil: undefined }),
  places: fc.nat(30),
  booked: fc.nat(10),
  heldMs: fc.array(fc.integer({ min: 1, max: 12_000 }), { maxLength: 3 }),
})

/** A hall, and the same in the plainest words. */
const anyHall = fc
  .record({
    objects: fc.array(anyObject, { minLength: OBJECTS, maxLength: OBJECTS }),
    pools: fc.array(anyPool, { minLength: 1, maxLength: 3 }),
  })
  .map(({ objects, pools }) => {
    const seats = objects.flatMap(({ heldMs }, index): HallHold[] =>
      heldMs === undefined || index === AREA ? [] : [{ index, until: at(heldMs) }],
    )
    const places = pools.flatMap(({ heldMs }, pool) =>
      [...new Set(heldMs)].map((ms): HallHold => ({
        index: AREA,
        until: at(ms),
        ofPool: { pool, places: 2 },
      })),
    )
    const hall: Hall = {
      letters: objects.map(({ letter }, index) => (index === AREA ? 'a' : letter)).join(''),
      holds: [...seats, ...places].sort((a, b) => a.until - b.until || a.index - b.index),
      areas: [
        {
          index: AREA,
          capacity: 40,
          pools: pools.map(({ channel, places, booked }) => ({
            ...defined({ channel }),
            places,
            booked,
          })),
        },
      ],
      categories: { keys: ['1'], runs: [[0, 0]] },
      lost: [],
    }
    return { hall, objects }
  })

/** The letters at a moment, object by object. */
function plainLetters(
  objects: readonly { letter: string; heldMs?: number | undefined }[],
  ms: number,
) {
  return objects
    .map(({ letter, heldMs = 0 }, index) => (index === AREA ? 'a' : heldMs > ms ? 'h' : letter))
    .join('')
}

test('what is kept is read back as it was', () => {
  fc.assert(
    fc.property(anyHall, ({ hall }) => {
      const lost = [{ label: 'X-1' }, { label: 'X-2', until: at(5) }, { label: 'Y', places: 3 }]
      const revisions: Revision[] = [{ from: 4, number: 5, changed: [0, 3, 7] }]
      const kept = { hall: { ...hall, lost }, revisions }
      expect(decodeHall(encodeHall(kept))).toEqual(kept)
    }),
  )
})

test('at every moment an object is held that has a hold left, and else is what it returns to: at the deadline itself it is free', () => {
  fc.assert(
    fc.property(anyHall, fc.nat(13_000), ({ hall, objects }, ms) => {
      const moments = [
        ms,
        ...hall.holds.flatMap(({ until }) => [until - READ_AT - 1, until - READ_AT]),
      ]
      for (const moment of moments) {
        const ended = endedBy(hall, at(moment))
        expect(lettersAfter(hall, ended)).toBe(plainLetters(objects, moment))
      }
    }),
  )
})

/** What a browser makes of what it is told, as the documentation has it. */
function openBrowser() {
  const has = {
    letters: [] as string[],
    areas: new Map<number, AreaNow>(),
    shown: undefined as ShownHall | undefined,
  }
  const put = (changes: Readonly<Record<string, readonly number[]>>, areas: readonly AreaNow[]) => {
    for (const [letter, indexes] of Object.entries(changes)) {
      for (const index of indexes) has.letters[index] = letter
    }
    for (const area of areas) has.areas.set(area.index, area)
  }
  const take = (shown: ShownHall) => {
    has.shown = shown
    if (shown.letters !== undefined) has.letters = shown.letters.split('')
    put(shown.changes ?? {}, shown.areas)
  }
  /** Applies by itself what ends until then. */
  const wait = (now: Instant) => {
    for (const { at: moment, changes, areas } of has.shown?.ends ?? []) {
      if (moment <= now) put(changes, areas)
    }
  }
  return { has, take, wait }
}

test('whoever takes only what changed, and lets holds end by itself, always has what there is', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(anyHall, fc.nat(2_000)), { minLength: 2, maxLength: 6 }),
      (steps) => {
        const browser = openBrowser()
        let revisions: readonly Revision[] = []
        let before: { hall: Hall; number: number } | undefined
        let read = 0
        for (const [number, [found, ms]] of steps.entries()) {
          read += ms
          const hall = atRestBy(found.hall, at(read))
          const changed = before === undefined ? [] : changedBetween(before.hall, hall)
          if (before !== undefined) {
            revisions = withRevision(revisions, { from: before.number, number, changed })
          }
          before = { hall, number }
          for (const later of [0, 700, 3_300]) {
            read += later
            const now = at(read)
            browser.wait(now)
            const told = toldAt(hall, number, now)
            const since = browser.has.shown?.told
            const shown = showHall({ hall, revisions }, { told, since })
            expect(shown.letters === undefined).toBe(since !== undefined)
            browser.take(shown)
            const ended = endedBy(hall, now)
            expect(browser.has.letters.join('')).toBe(lettersAfter(hall, ended))
            expect([...browser.has.areas.values()]).toEqual(areasAfter(hall, ended))
          }
        }
      },
    ),
  )
})

test('between two polls of one revision a browser has every deadline of the next five seconds to the millisecond', () => {
  fc.assert(
    fc.property(anyHall, fc.nat(9_000), fc.nat(5_000), ({ hall }, ms, laterMs) => {
      const browser = openBrowser()
      browser.take(showHall({ hall, revisions: [] }, { told: toldAt(hall, 1, at(ms)) }))
      browser.wait(at(ms + laterMs))
      const ended = endedBy(hall, at(ms + laterMs))
      expect(browser.has.letters.join('')).toBe(lettersAfter(hall, ended))
      expect([...browser.has.areas.values()]).toEqual(areasAfter(hall, ended))
    }),
  )
})

describe('names of what was told', () => {
  test('are read back', () => {
    const told = { number: 1_764_500_000_123, ended: 12, told: 99_999 }
    expect(readTold(nameOfTold(told))).toEqual(told)
  })

  test.each(['', '1', '1.2', '1.2.3.4', '-1.2.3', 'a.b.c', '1.2.12345678'])(
    '%j is none',
    (name) => {
      expect(readTold(name)).toBeUndefined()
    },
  )

  test('stay between two steps of five seconds while nothing ends', () => {
    const hall = sellHall({ objects: 100, percent: 100, isClustered: true, perToken: 1 })
    const alone = { ...hall, holds: [{ index: 1, until: at(30_000) }] }
    const names = new Set([0, 1, 4_999].map((ms) => nameOfTold(toldAt(alone, 1, at(ms)))))
    expect(names.size).toBe(1)
    expect(toldAt(alone, 1, at(20_000)).told).toBe(1)
    expect(toldAt(alone, 1, at(19_999)).told).toBe(0)
  })

  test('coming ends are told up to a number, those of one moment all together', () => {
    const ends = (untilOf: (index: number) => number): number => {
      const holds = Array.from({ length: ENDS_MAX + 9 }, (_, index) => ({
        index,
        until: at(untilOf(index)),
      }))
      return toldAt({ holds }, 1, READ_AT).told
    }
    expect(ends((index) => 1 + index)).toBe(ENDS_MAX)
    expect(ends((index) => 1 + Math.floor(index / 3))).toBe(ENDS_MAX + 1)
    expect(ends(() => 1)).toBe(ENDS_MAX + 9)
  })
})
