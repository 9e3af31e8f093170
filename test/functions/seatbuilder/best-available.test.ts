import { expect, test } from 'vitest'
import { drawArea, drawChart, drawRow, drawSeats, rowDrawing } from '../../support/drawings.ts'
import { testKeys } from '../../support/holdfast.ts'
import { openScene, TOKEN } from '../../support/scene.ts'

// Holds of the best seats. Which those are is tried beside the rule; here it is what a request may say and what it answers.

async function open(drawing: object = rowDrawing({ seatsPerRow: 10 })) {
  const scene = await openScene(drawing)
  const best = (body: object, key: string = testKeys.secret) =>
    scene.api(
      `POST ${scene.seats}/best-available`,
      { holdToken: TOKEN, number: 2, ...body },
      { key },
    )
  const held = async (body: object) => {
    const answer = await best(body)
    const seats = (answer.body['held'] ?? []) as { objectLabel: string }[]
    return seats.map(({ objectLabel }) => objectLabel).join(' ')
  }
  return { ...scene, best, held }
}

test('the best seats are held until when a hold of named ones would be', async () => {
  const { best, chartKey, eventKey } = await open()
  const answer = await best({ ttlSeconds: 300, extraData: { from: 'phone' } }, testKeys.publishable)
  expect([answer.status, answer.body]).toEqual([
    200,
    {
      ...{ chartKey, eventKey, status: 'held', holdToken: TOKEN },
      holdExpiresAt: expect.stringMatching(/Z$/) as string,
      held: [{ objectLabel: 'A-5' }, { objectLabel: 'A-6' }],
      nextToEachOther: true,
    },
  ])
})

test('seats that are apart are held unless they must be together, and places of an area by their number', async () => {
  const rows = ['A', 'B'].map((label, row) => drawRow(label, drawSeats(2, { y: 60 + row * 30 })))
  const generalAdmissionAreas = [drawArea('Lawn', 9)]
  const { best, held } = await open(
    drawChart({ focalPoint: { x: 0, y: 0 }, rows, generalAdmissionAreas }),
  )
  const together = await best({ number: 4, together: true })
  expect(together.body).toMatchObject({ held: [{ objectLabel: 'Lawn', quantity: 4 }] })
  expect(together.body).not.toHaveProperty('nextToEachOther')
  expect((await best({ number: 6, together: true })).status).toBe(409)
  const apart = await best({ number: 4 })
  expect(apart.body).toMatchObject({ nextToEachOther: false })
  expect(await held({ number: 5 })).toBe('Lawn')
  expect((await best({ number: 1 })).code).toBe('best_not_found')
})

test('what the same token has held by name a moment ago is not what it gets', async () => {
  const { api, seats, held } = await open()
  expect(await held({})).toBe('A-5 A-6')
  await api(`POST ${seats}/hold`, { objectLabels: ['A-4', 'A-7'], holdToken: TOKEN })
  expect(await held({ number: 1 })).toBe('A-3')
})

test('categories are tried in their order where that is asked for', async () => {
  const rows = [
    drawRow('A', drawSeats(3)),
    drawRow('B', drawSeats(3, { y: 90, categoryKey: 'lounge' })),
  ]
  const { held } = await open(drawChart({ focalPoint: { x: 0, y: 0 }, rows }))
  const categories = ['Lounge', 'standard']
  expect(await held({ number: 3, categories, inCategoryOrder: true })).toBe('B-1 B-2 B-3')
  expect(await held({ number: 3, categories, inCategoryOrder: true })).toBe('A-1 A-2 A-3')
})

test('a publishable key opens no channels, and what is refused says why', async () => {
  const { best } = await open()
  const opened = await best({ ignoreChannels: true }, testKeys.publishable)
  expect(opened.code).toBe('channels_not_allowed')
  expect((await best({ ignoreChannels: true })).status).toBe(200)
  const { best: nowhere } = await open(rowDrawing({ focalPoint: null }))
  const measured = await nowhere({})
  expect([measured.status, measured.code]).toEqual([409, 'no_focal_point'])
})

test.each([
  [{ number: 0 }, 'number'],
  [{ number: -1 }, 'number'],
  [{ number: 201 }, 'number'],
  [{ number: undefined }, 'number'],
  [{ holdToken: 'short' }, 'holdToken'],
  [{ accessibleSeats: 3 }, 'accessibleSeats'],
  [{ channelKeys: ['fans'], ignoreChannels: true }, 'ignoreChannels'],
  [{ objectLabels: ['A-1'] }, 'objectLabels'],
])('%j is refused at %s', async (body, field) => {
  const { best } = await open()
  const refused = await best(body)
  expect(refused.status).toBe(400)
  expect(Object.keys(refused.body['errors'] ?? {})).toEqual([field])
})
