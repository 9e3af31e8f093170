import { BestAvailableParams, CreateEventParams } from 'seatsio'
import { expect, test } from 'vitest'
import { rowDrawing } from '../support/drawings.ts'
import { startSeatsio } from '../support/seatsio-server.ts'

async function open() {
  const server = await startSeatsio()
  await server.importChart('hall', rowDrawing({ seatsPerRow: 10 }))
  const { events, holdTokens } = server.client
  await events.create('hall', new CreateEventParams().withKey('gala'))
  return { events, holdTokens }
}

test('the client books, holds and changes the best that there are, and reads what it got', async () => {
  const { events, holdTokens } = await open()
  const booked = await events.bookBestAvailable(
    'gala',
    new BestAvailableParams()
      .withNumber(2)
      .withCategories(['standard'])
      .withTicketTypes(['adult', 'child']),
  )
  expect(booked).toMatchObject({ objects: ['A-5', 'A-6'], nextToEachOther: true })
  expect(booked.objectDetails).toMatchObject({ 'A-6': { status: 'booked', ticketType: 'child' } })
  const { holdToken } = await holdTokens.create()
  const held = await events.holdBestAvailable(
    'gala',
    new BestAvailableParams().withNumber(3).withTryToPreventOrphanSeats(false),
    holdToken,
  )
  expect(held.objects).toEqual(['A-2', 'A-3', 'A-4'])
  expect(held.objectDetails).toMatchObject({ 'A-4': { status: 'reservedByToken', holdToken } })
  const changed = await events.changeBestAvailableObjectStatus(
    'gala',
    new BestAvailableParams().withNumber(1).withExtraData([{ guest: 'g-1' }]),
    'checkedIn',
  )
  expect(changed.objectDetails).toMatchObject({
    'A-7': { status: 'checkedIn', extraData: { guest: 'g-1' } },
  })
  await expect(
    events.bookBestAvailable('gala', new BestAvailableParams().withNumber(999)),
  ).rejects.toMatchObject({
    status: 400,
    errors: [
      {
        code: 'BEST_AVAILABLE_OBJECTS_NOT_FOUND',
        message: 'Best available objects not found',
      },
    ],
  })
})
