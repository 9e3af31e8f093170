import { beforeEach, describe, expect, test } from 'vitest'
import { indexScene } from '../../../web/picture/index-scene.ts'
import type { Look } from '../../../web/picture/picture.ts'
import { plainPaint } from '../../../web/picture/play.ts'
import type { Sight, Stage } from '../../../web/picture/stage.ts'
import { openStage } from '../../../web/picture/stage.ts'
import type { View } from '../../../web/picture/view.ts'
import { fitView, limitsOf } from '../../../web/picture/view.ts'
import type { Scene } from '../../../web/scene/scene.ts'
import { makeHall, openLooks } from './halls.ts'
import { openRecording } from './recording.ts'
import type { Counts, Recording } from './recording.ts'

const size = { width: 1_000, height: 700 }
/** What a frame may take of the clock, on which one call takes a hundredth of a millisecond. */
const FRAME_MILLISECONDS = 8

interface Show {
  readonly recording: Recording
  readonly stage: Stage
  readonly looks: ReturnType<typeof openLooks>
  readonly states: Record<number, Look['state']>
  sight: Sight
  look(view: View, isMoving?: boolean): void
  /** Lets frames pass until none is asked for; the longest of them. */
  rest(): { readonly frames: number; readonly longest: number }
}

function openShow(scene: Scene, seatPixels?: number): Show {
  const recording = openRecording()
  const [floor] = indexScene(scene)
  if (!floor) throw new Error('a scene has a floor')
  const fit = fitView(floor.box, size, limitsOf(floor.box, size, floor.seatSize))
  const k = seatPixels === undefined ? fit.k : seatPixels / floor.seatSize
  const view = seatPixels === undefined ? fit : { k, x: -1_000 * k, y: 20 }
  const states: Record<number, Look['state']> = {}
  const looks = openLooks(states)
  const show: Show = {
    recording,
    stage: openStage(recording.screen, recording.studio, {
      paint: plainPaint,
      beforeFrame: () => show.sight,
    }),
    looks,
    states,
    sight: { view, target: view, size, isMoving: false, isFlying: false },
    look: (next, isMoving = true) => {
      show.sight = { ...show.sight, view: next, target: next, isMoving }
      show.stage.wake()
    },
    rest: () => {
      let [frames, longest] = [0, 0]
      for (let before = recording.studio.now(); recording.frame(); frames += 1) {
        longest = Math.max(longest, recording.studio.now() - before)
        before = recording.studio.now()
        if (frames > 2_000) throw new Error('frames without end')
      }
      return { frames, longest }
    },
  }
  show.stage.show({ scene, floors: indexScene(scene), looks, floor: 0 }, false)
  return show
}

const calls = (counts: Counts) => Object.values(counts).reduce((sum, count) => sum + count, 0)

const large = makeHall({ sections: 60, rows: 20, seats: 25 })
const largeLoose = makeHall({ sections: 60, rows: 20, seats: 25, isLoose: true })
const arena = makeHall({ sections: 31, rows: 7, seats: 41 })

describe.each([
  ['30,000 seats as sections', large, 2],
  ['30,000 seats in no section', largeLoose, undefined],
  ['30,000 seats as dots', large, 4],
  ['30,000 seats close up', large, 18],
  ['8,897 seats close up', arena, 18],
] as const)('%s', (_, scene, seatPixels) => {
  let show: Show
  beforeEach(() => {
    show = openShow(scene, seatPixels)
  })

  test('the first picture comes in slices, none of them longer than a frame may take', () => {
    const { frames, longest } = show.rest()
    expect(frames).toBeGreaterThanOrEqual(1)
    expect(longest).toBeLessThanOrEqual(FRAME_MILLISECONDS)
    expect(calls(show.recording.take().others)).toBeGreaterThan(30)
  })

  test('a frame of moving it copies what is painted, and paints for a slice at most', () => {
    show.rest()
    show.recording.take()
    for (let frame = 0; frame < 120; frame += 1) {
      const { k, x, y } = show.sight.view
      const grown = 1 + 0.02 * Math.sin(frame / 10)
      show.look({ k: k * grown, x: x * grown - 25, y: y * grown })
      const before = show.recording.studio.now()
      expect(show.recording.frame()).toBe(true)
      expect(show.recording.studio.now() - before).toBeLessThanOrEqual(FRAME_MILLISECONDS)
      const { screen } = show.recording.take()
      expect(screen['drawImage']).toBeLessThanOrEqual(2)
      expect(screen).not.toHaveProperty('arc')
      expect(screen).not.toHaveProperty('fillText')
    }
  })

  test('once it rests it is painted sharp, and then no frame is asked for', () => {
    show.rest()
    const { k, x, y } = show.sight.view
    show.look({ k: k * 1.2, x: x * 1.2, y: y * 1.2 })
    show.rest()
    show.recording.take()
    show.look(show.sight.view, false)
    show.rest()
    expect(calls(show.recording.take().others)).toBeGreaterThan(30)
    show.stage.wake()
    show.rest()
    expect(calls(show.recording.take().others)).toBe(0)
    expect(show.recording.frame()).toBe(false)
  })

  test('memory is bounded: two sheets of twice the view, an overview and stamps, however long it is moved', () => {
    for (let step = 0; step < 30; step += 1) {
      const { k, x, y } = show.sight.view
      show.look({ k, x: x - 400, y }, false)
      show.rest()
    }
    const sheets = show.recording.bitmaps().filter(({ width }) => width === 1_400)
    expect(sheets.length).toBeLessThanOrEqual(2)
    for (const { width, height } of sheets) {
      expect(width * height).toBeLessThanOrEqual(2 * size.width * size.height)
    }
  })
})

test('from afar no single seat is drawn where sections stand for them', () => {
  const show = openShow(large, 2)
  show.rest()
  const { others, texts } = show.recording.take()
  expect(others['arc']).toBeUndefined()
  expect(show.looks.asked).toBe(0)
  expect(texts).toContain('Block 7')
})

test('close up seats have their numbers', () => {
  const show = openShow(large, 18)
  show.rest()
  expect(show.recording.take().texts).toEqual(expect.arrayContaining(['1', '24']))
})

test('a seat that looks otherwise is painted within its box: nobody asks how the others look', () => {
  const show = openShow(large, 18)
  show.rest()
  show.looks.asked = 0
  const seat = large.objects.find(({ x, y }) => x > 1_100 && y > 100)
  show.states[seat?.index ?? 0] = 'mine'
  show.stage.spoil([seat?.index ?? 0])
  const { frames } = show.rest()
  expect(frames).toBeLessThanOrEqual(2)
  expect(show.looks.asked).toBeGreaterThanOrEqual(1)
  expect(show.looks.asked).toBeLessThanOrEqual(9)
})

test('when thousands look otherwise at once the whole is painted anew, in slices', () => {
  const show = openShow(large, 18)
  show.rest()
  show.looks.asked = 0
  show.stage.spoil(large.objects.map(({ index }) => index))
  const { longest } = show.rest()
  expect(longest).toBeLessThanOrEqual(FRAME_MILLISECONDS)
  expect(show.looks.asked).toBeLessThan(large.objects.length / 2)
})

test('what looks otherwise while a sheet is being painted is seen on it', () => {
  const show = openShow(largeLoose)
  show.recording.frame()
  expect(show.looks.seen.get(0)).toBe('free')
  show.states[0] = 'taken'
  show.stage.spoil([0])
  show.rest()
  expect(show.looks.seen.get(0)).toBe('taken')
})

test('hover and focus repaint nothing but the screen', () => {
  const show = openShow(large, 18)
  show.rest()
  show.recording.take()
  show.stage.setHover({ kind: 'object', index: 700 })
  show.stage.setFocus(701)
  show.rest()
  const { screen, others } = show.recording.take()
  expect(calls(others)).toBe(0)
  expect(screen['stroke']).toBe(4)
})

test('a host without size paints nothing, and everything once it has one', () => {
  const show = openShow(large)
  const { view } = show.sight
  show.sight = { ...show.sight, size: { width: 0, height: 0 } }
  show.stage.wake()
  expect(show.rest().frames).toBe(1)
  expect(calls(show.recording.take().others)).toBe(0)
  show.sight = { ...show.sight, size }
  show.look(view, false)
  show.rest()
  expect(show.recording.take().texts).toContain('Block 7')
})

test('a canvas that lost its pixels is filled anew', () => {
  const show = openShow(large)
  show.rest()
  show.recording.take()
  show.stage.forget()
  show.rest()
  const { screen, texts } = show.recording.take()
  expect(screen['drawImage']).toBeGreaterThanOrEqual(1)
  expect(texts).toContain('Block 7')
})

test('after a change of size the screen is filled in the same turn', () => {
  const show = openShow(large)
  show.rest()
  show.recording.take()
  show.sight = { ...show.sight, size: { width: 900, height: 500 } }
  show.stage.refill()
  expect(show.recording.screen).toMatchObject({ width: 900, height: 500 })
  expect(show.recording.take().screen['drawImage']).toBeGreaterThanOrEqual(1)
})

test('who cannot wait has it painted at once', () => {
  const show = openShow(largeLoose)
  show.stage.finish()
  expect(show.looks.asked).toBe(30_000)
  expect(show.recording.take().screen['drawImage']).toBeGreaterThanOrEqual(1)
})

test('a closed stage asks for nothing', () => {
  const show = openShow(large)
  show.stage.close()
  expect(show.recording.frame()).toBe(false)
  show.stage.wake()
  expect(show.recording.frame()).toBe(false)
})
