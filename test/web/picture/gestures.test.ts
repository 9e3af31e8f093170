import { describe, expect, test } from 'vitest'
import { makeHall } from './halls.ts'
import { openPage } from './page.ts'

/** Seats of 16, a pitch of 20; as a whole they are seen at 3.8 pixels. */
const hall = makeHall({ sections: 24, rows: 20, seats: 25 })
const loose = makeHall({ sections: 24, rows: 20, seats: 25, isLoose: true })
const middle = [500, 350] as const

describe('a click', () => {
  test('from afar picks the section', () => {
    const page = openPage(hall)
    page.click([80, 350])
    expect(page.told.picks).toEqual([{ kind: 'section', index: 8 }])
  })

  test('close up picks the seat, and the ground beside it picks nothing', () => {
    const page = openPage(hall, { isStill: true })
    page.picture.zoomTo({ to: 'object', index: 5312 })
    page.rest()
    page.click(middle)
    page.click([500, 366])
    expect(page.told.picks).toEqual([{ kind: 'object', index: 5312 }, undefined])
  })

  test('at the end of a drag picks nothing, and the hall has moved by as much', () => {
    const page = openPage(hall, { isStill: true })
    page.picture.zoomTo({ to: 'object', index: 5312 })
    page.drag(middle, [400, 350])
    expect(page.told.picks).toEqual([])
    page.mouse('pointermove', [400, 350], { pointerType: 'mouse' })
    page.rest()
    expect(page.told.hovers).toEqual([{ kind: 'object', index: 5312 }])
  })

  test('on seats too small to tell apart goes nearer instead of picking one by chance', () => {
    const page = openPage(loose, { isStill: true })
    const before = page.scale()
    page.click(middle)
    expect(page.told.picks).toEqual([])
    expect(page.scale()).toBeGreaterThan(2 * before)
    expect(page.told.views.at(-1)?.isClose).toBe(true)
  })
})

test('a finger picks seats from 13 pixels on, and goes nearer where they are smaller', () => {
  const page = openPage(hall, { isStill: true })
  page.picture.zoomTo({ to: 'object', index: 5312 })
  page.picture.zoomBy(0.5)
  page.rest()
  page.click(middle, 'touch')
  expect(page.told.picks).toEqual([])
  page.rest()
  page.click(middle, 'touch')
  expect(page.told.picks).toEqual([{ kind: 'object', index: 5312 }])
})

describe('the wheel', () => {
  const notch = { deltaY: -100 }

  test('scrolls a long page', () => {
    const page = openPage(hall)
    page.setPageLength(3_000)
    const before = page.scale()
    expect(page.mouse('wheel', middle, notch)).toBe(true)
    expect(page.scale()).toBe(before)
  })

  test('zooms where the page has nothing to scroll', () => {
    const page = openPage(hall)
    const before = page.scale()
    expect(page.mouse('wheel', middle, notch)).toBe(false)
    expect(page.scale()).toBeGreaterThan(before)
  })

  test.each([
    ['with Ctrl, and as the pinch of a trackpad', { ctrlKey: true }, () => undefined],
    ['with ⌘', { metaKey: true }, () => undefined],
    [
      'while the map has the focus',
      {},
      (page: ReturnType<typeof openPage>) => {
        page.setFocus(true)
      },
    ],
    [
      'once the map was pressed',
      {},
      (page: ReturnType<typeof openPage>) => {
        page.mouse('pointerdown', middle)
      },
    ],
  ])('zooms %s', (_, keys, prepare) => {
    const page = openPage(hall)
    page.setPageLength(3_000)
    const before = page.scale()
    prepare(page)
    expect(page.mouse('wheel', middle, { ...notch, ...keys })).toBe(false)
    expect(page.scale()).toBeGreaterThan(before)
  })

  test('scrolls again when the pointer has left', () => {
    const page = openPage(hall)
    page.setPageLength(3_000)
    page.mouse('pointerdown', middle)
    page.mouse('pointerleave', middle)
    expect(page.mouse('wheel', middle, notch)).toBe(true)
  })

  test('goes on scrolling where the whole hall is in view already', () => {
    const page = openPage(hall)
    expect(page.mouse('wheel', middle, { deltaY: 100 })).toBe(true)
  })

  test('zooms no more than 1.3 times at once, however hard it is turned', () => {
    const page = openPage(hall)
    const before = page.scale()
    page.mouse('wheel', middle, { deltaY: -5_000, ctrlKey: true })
    expect(page.scale() / before).toBeCloseTo(2 ** 0.35)
  })
})

describe('fingers', () => {
  test('one scrolls the page while the whole hall is in view', () => {
    const page = openPage(hall)
    page.rest()
    expect(page.canvas()?.style.touchAction).toBe('pan-x pan-y')
    page.touch('touchstart', [middle])
    expect(page.touch('touchmove', [[500, 300]])).toBe(true)
  })

  test('two zoom, and then one moves the hall', () => {
    const page = openPage(hall)
    const before = page.scale()
    page.touch('touchstart', [
      [450, 350],
      [550, 350],
    ])
    expect(
      page.touch('touchmove', [
        [300, 350],
        [700, 350],
      ]),
    ).toBe(false)
    page.touch(
      'touchend',
      [],
      [
        [300, 350],
        [700, 350],
      ],
    )
    expect(page.scale() / before).toBeCloseTo(4)
    expect(page.canvas()?.style.touchAction).toBe('none')
    page.touch('touchstart', [middle])
    expect(page.touch('touchmove', [[450, 350]])).toBe(false)
  })
})

describe('two clicks', () => {
  test('on the ground go nearer, to what was there', () => {
    const page = openPage(hall, { isStill: true })
    page.picture.zoomTo({ to: 'object', index: 5312 })
    page.picture.zoomBy(0.6)
    const before = page.scale()
    page.recording.pass(1_000)
    page.mouse('dblclick', [509, 359])
    expect(page.scale() / before).toBeCloseTo(2)
  })

  test('on a seat are two picks, and move nothing', () => {
    const page = openPage(hall, { isStill: true })
    page.picture.zoomTo({ to: 'object', index: 5312 })
    page.picture.zoomBy(0.6)
    const before = page.scale()
    page.recording.pass(1_000)
    page.mouse('dblclick', middle)
    expect(page.scale()).toBe(before)
  })
})

describe('hover', () => {
  test('is told when what is under the pointer is another', () => {
    const page = openPage(hall)
    for (const at of [
      [80, 350],
      [81, 350],
      [200, 350],
      [500, 10],
    ] as const) {
      page.mouse('pointermove', at, { pointerType: 'mouse' })
      page.rest()
    }
    expect(page.told.hovers).toEqual([
      { kind: 'section', index: 8 },
      { kind: 'section', index: 9 },
      undefined,
    ])
  })

  test('ends when the pointer leaves', () => {
    const page = openPage(hall)
    page.mouse('pointermove', [80, 350], { pointerType: 'mouse' })
    page.rest()
    page.mouse('pointerleave', [80, 350])
    page.rest()
    expect(page.told.hovers.at(-1)).toBeUndefined()
  })

  test('a finger does not hover', () => {
    const page = openPage(hall)
    page.mouse('pointermove', [80, 350], { pointerType: 'touch' })
    page.rest()
    expect(page.told.hovers).toEqual([])
  })
})
