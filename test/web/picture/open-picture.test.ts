import { describe, expect, test } from 'vitest'
import { makeHall } from './halls.ts'
import { openPage } from './page.ts'

/** Seats of 16, a pitch of 20; as a whole they are seen at 3.8 pixels. */
const hall = makeHall({ sections: 24, rows: 20, seats: 25 })
const middle = [500, 350] as const

test('a hall is shown as a whole, and told so', () => {
  const page = openPage(hall)
  page.rest()
  expect(page.told.views).toHaveLength(1)
  expect(page.told.views[0]).toMatchObject({ floor: 0, isClose: false })
  expect(page.told.views[0]?.scale).toBeCloseTo(960 / (8 * 520 - 20))
})

describe('zooming by calls', () => {
  test('goes there over several frames, or at once where movement is not wanted', () => {
    const moving = openPage(hall)
    moving.rest()
    moving.picture.zoomTo({ to: 'section', index: 3 })
    moving.rest()
    expect(moving.told.views.length).toBeGreaterThan(10)
    const still = openPage(hall, { isStill: true })
    still.rest()
    still.picture.zoomTo({ to: 'section', index: 3 })
    still.rest()
    expect(still.told.views).toHaveLength(2)
    expect(still.told.views[1]?.scale).toBeCloseTo(moving.told.views.at(-1)?.scale ?? 0)
  })

  test('to a section shows its seats large enough to be picked', () => {
    const huge = makeHall({ sections: 2, rows: 200, seats: 150 })
    const page = openPage(huge, { isStill: true })
    page.picture.zoomTo({ to: 'section', index: 1 })
    page.rest()
    expect(page.told.views.at(-1)?.isClose).toBe(true)
  })

  test('to a section that does not fit goes to where it was tapped', () => {
    const huge = makeHall({ sections: 2, rows: 200, seats: 150 })
    const page = openPage(huge, { isStill: true })
    page.click([300, 250])
    page.picture.zoomTo({ to: 'section', index: 0 })
    page.rest()
    page.mouse('pointermove', middle, { pointerType: 'mouse' })
    page.click(middle)
    const picked = page.told.picks.at(-1)
    const seat = picked?.kind === 'object' ? huge.objects[picked.index] : undefined
    // 960 pixels show 6,020 units, from 20 pixels on.
    expect(seat?.x ?? 0).toBeCloseTo((280 / 960) * 6_020, -2)
  })

  test('never leaves the limits', () => {
    const page = openPage(hall, { isStill: true })
    const whole = page.scale()
    page.picture.zoomBy(1_000)
    expect(page.scale() * 16).toBeCloseTo(40)
    page.picture.zoomBy(1e-6)
    expect(page.scale()).toBeCloseTo(whole)
  })

  test('goes on from where the last one ends', () => {
    const page = openPage(hall)
    const before = page.scale()
    page.picture.zoomBy(2)
    page.recording.frame()
    page.picture.zoomBy(2)
    expect(page.scale() / before).toBeCloseTo(4)
  })

  test('to what is not there does nothing', () => {
    const page = openPage(hall)
    const before = page.scale()
    page.picture.zoomTo({ to: 'section', index: 99 })
    page.picture.zoomTo({ to: 'object', index: -1 })
    page.picture.zoomTo({ to: 'floor', index: 7 })
    page.picture.showFloor(7)
    page.picture.focus(1e6)
    expect(page.scale()).toBe(before)
  })
})

test('what gets the focus comes into sight', () => {
  const page = openPage(hall, { isStill: true })
  page.picture.zoomTo({ to: 'object', index: 0 })
  page.rest()
  page.picture.focus(5312)
  page.rest()
  page.click(middle)
  expect(page.told.picks).toEqual([{ kind: 'object', index: 5312 }])
})

describe('another size', () => {
  test('keeps a hall whole that was seen as a whole', () => {
    const page = openPage(hall)
    const before = page.scale()
    page.setSize(520, 700)
    expect(page.scale() / before).toBeCloseTo(0.5)
  })

  test('keeps what was in the middle there', () => {
    const page = openPage(hall, { isStill: true })
    page.picture.zoomTo({ to: 'object', index: 5312 })
    page.rest()
    page.setSize(400, 300)
    page.click([200, 150])
    expect(page.told.picks).toEqual([{ kind: 'object', index: 5312 }])
  })

  test('a host that had none shows the whole hall once it has one', () => {
    const page = openPage(hall)
    page.setSize(0, 0)
    page.picture.zoomTo({ to: 'section', index: 1 })
    page.picture.zoomBy(2)
    page.rest()
    page.setSize(1_000, 700)
    expect(page.scale()).toBeCloseTo(960 / (8 * 520 - 20))
  })
})

test('a hall of nothing is shown, pointed at and moved like others', () => {
  const page = openPage({ ...hall, objects: [], sections: [] })
  page.click(middle)
  page.picture.zoomBy(3)
  page.mouse('wheel', middle, { deltaY: -100 })
  page.rest()
  expect(page.told.picks).toEqual([undefined])
})

test('a hall at 10^9 is picked from to the seat', () => {
  const far = makeHall({ sections: 24, rows: 20, seats: 25, offset: 1e9 })
  const page = openPage(far, { isStill: true })
  page.picture.zoomTo({ to: 'object', index: 5312 })
  page.rest()
  page.click(middle)
  page.click([500 + 24 * 1.25, 350])
  expect(page.told.picks).toEqual([
    { kind: 'object', index: 5312 },
    { kind: 'object', index: 5313 },
  ])
})

test('what is seen is drawn in full once it says so', async () => {
  const page = openPage(hall)
  await page.picture.settled()
  const { screen, texts } = page.recording.take()
  expect(screen['drawImage']).toBeGreaterThanOrEqual(1)
  expect(texts).toContain('Block 7')
})

test('after its end nothing is left on the page, and no frame is asked for', () => {
  const page = openPage(hall)
  page.picture.destroy()
  expect(page.canvas()).toBeUndefined()
  expect(page.recording.frame()).toBe(false)
})
