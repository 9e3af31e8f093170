import { expect, test } from 'vitest'
import { makeAdmission } from 'holdfast/admission'
import { openMapScene, type MapScene } from './map-scene.ts'

const CODE = 'admission_required'

/** A map of an event that demands admission, and what makes tokens for it. */
async function open(prepare?: (map: MapScene['element']) => void) {
  const map = await openMapScene(prepare === undefined ? {} : { prepare })
  const { api, eventKey, clock } = map
  const rotated = await api('POST /api/v1/admission-key/rotate')
  await api(`PATCH /api/v1/events/${eventKey}`, { admission: 'browsers' })
  // Callers are remembered for a minute, with the keys of their workspace.
  await map.pass(61_000)
  const make = (id: string) =>
    makeAdmission(String(rotated.body['admissionKey']), {
      events: [eventKey],
      id,
      expiresAt: clock.now() + 600_000,
    })
  const held = () => map.element.selection.filter(({ isHeld }) => isHeld).map(({ label }) => label)
  return { ...map, make, held }
}

test('a hold without admission is told by an event of its own, and what is set since is sent with the next', async () => {
  const map = await open()
  await map.click('A-1')
  expect(map.heard('holdfast-admission')).toEqual([{ code: CODE }])
  expect(map.heard('holdfast-refused')).toEqual([{ refused: [{ label: 'A-1', reason: CODE }] }])
  expect((await map.hear()).urgent).toContain('could not be held')
  map.element.admissionToken = await map.make('turn-1')
  expect(map.element.getAttribute('admission-token')).toBe(map.element.admissionToken)
  await map.quiet()
  await map.click('A-1')
  expect(map.held()).toEqual(['A-1'])
  // The hall is seen a moment old.
  await map.pass(2_000)
  const best = map.element.bestAvailable({ number: 1 })
  await map.quiet()
  await best
  expect(map.held()).toHaveLength(2)
  // It was the same sale all the while, and what gives back needs none.
  expect(map.opened.sales).toBe(1)
  const released = map.element.release('A-1')
  await map.quiet()
  await released
  const sent = map.tab().requests.map(({ path, headers }) => {
    return [path.split('?')[0], Object.keys(headers).some((it) => /^x-admission/i.test(it))]
  })
  expect(sent).toContainEqual(['/seats/release', false])
  expect(sent.filter(([, isSent]) => isSent).map(([path]) => path)).toEqual([
    '/seats/hold',
    '/seats/best-available',
  ])
})

test('a page may say the token when it is asked, and is taken for one that has none where it fails', async () => {
  const map = await open()
  const token = await map.make('turn-2')
  const answers: (() => string | undefined | Promise<string>)[] = [
    () => undefined,
    () => {
      throw new Error('the queue is not reached')
    },
    () => Promise.resolve(token),
  ]
  let asked = 0
  map.element.admissionToken = () => answers[asked++]?.()
  await map.click('A-1')
  await map.click('A-1')
  expect([map.held(), map.heard('holdfast-admission')]).toEqual([
    [],
    [{ code: CODE }, { code: CODE }],
  ])
  await map.click('A-1')
  expect([map.held(), asked]).toEqual([['A-1'], 3])
})

test('nothing is said of a refusal that the page takes care of', async () => {
  const map = await open()
  map.element.addEventListener('holdfast-admission', (event) => {
    event.preventDefault()
  })
  await map.click('A-1')
  expect(map.heard('holdfast-admission')).toHaveLength(1)
  expect((await map.hear()).urgent).toBe('')
})
