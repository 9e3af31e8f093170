import { describe, expect, test } from 'vitest'
import { places } from '../support/area-scene.ts'
import { drawArea, rowDrawing } from '../support/drawings.ts'
import { openSeatsioScene, verdictOf, type SeatsioScene } from '../support/seatsio-scene.ts'

const hall = (bookAsAWhole: boolean) =>
  rowDrawing({ plane: { generalAdmissionAreas: [drawArea('Lawn', 10, { bookAsAWhole })] } })

/** Publishes the hall with its area sold the other way. */
const publish = ({ api }: SeatsioScene, isWhole: boolean) =>
  api('POST /system/public/charts/hall', hall(isWhole))

const book = (objects: unknown[]) => ({ objects, status: 'booked' })
const release = (objects: unknown[]) => ({ objects, type: 'RELEASE' })

describe('an area', () => {
  test('that was sold as a whole has no place to sell until it is let go', async () => {
    const scene = await openSeatsioScene(hall(true))
    const { change, info } = scene
    expect(verdictOf(await change(book(['Lawn'])))).toBe('200')
    await publish(scene, false)
    expect(await info('Lawn')).toMatchObject({ status: 'booked', isAvailable: false })
    expect(verdictOf(await change(book(['Lawn'])))).toBe('400 ILLEGAL_STATUS_CHANGE')
    expect(verdictOf(await change(release(['Lawn'])))).toBe('200')
    expect(verdictOf(await change(book([places('Lawn', 10)])))).toBe('200')
  })

  test('of which places are sold is not sold as a whole until those are let go', async () => {
    const scene = await openSeatsioScene(hall(false))
    const { change, info } = scene
    expect(verdictOf(await change(book([places('Lawn', 3)])))).toBe('200')
    await publish(scene, true)
    expect(await info('Lawn')).toMatchObject({ numBooked: 3, isAvailable: false })
    expect(verdictOf(await change(book(['Lawn'])))).toBe('400 ILLEGAL_STATUS_CHANGE')
    expect(verdictOf(await change(release([places('Lawn', 3)])))).toBe('200')
    expect(await info('Lawn')).toMatchObject({ numBooked: 0, isAvailable: true })
    expect(verdictOf(await change(book(['Lawn'])))).toBe('200')
    expect(await info('Lawn')).toMatchObject({ numBooked: 10, status: 'booked' })
  })
})
