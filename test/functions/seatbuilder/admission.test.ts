import { describe, expect, test } from 'vitest'
import { LIFE_MS_MAX, makeAdmission, SKEW_MS } from 'holdfast/admission'
import { openAdmission, verdictIn } from '../../support/admission-scene.ts'
import { apiOver } from '../../support/api.ts'
import { testKeys } from '../../support/holdfast.ts'
import { labelsOf, OTHER_TOKEN, TOKEN } from '../../support/scene.ts'

describe('an event that demands admission of browsers', () => {
  test('lets a publishable key hold with a token alone, and by best available too', async () => {
    const { hold, ask, make } = await openAdmission()
    expect(verdictIn(await hold(['A-1']))).toBe('403 admission_required')
    expect(verdictIn(await ask('best-available', { number: 2 }))).toBe('403 admission_required')
    const token = await make()
    expect(verdictIn(await hold(['A-1'], token))).toBe('200')
    expect(verdictIn(await ask('best-available', { number: 2 }, token))).toBe('200')
  })

  test('asks for none to extend, book, release or look, and none of a secret key', async () => {
    const { api, seats, hold, ask, make, demand } = await openAdmission()
    await hold(labelsOf('A', 1, 3), await make())
    expect(verdictIn(await ask('book', { objectLabels: ['A-1', 'A-2'] }))).toBe('200')
    expect(verdictIn(await ask('release', { objectLabels: ['A-3'] }))).toBe('200')
    const asServer = { objectLabels: ['A-4'], holdToken: TOKEN }
    expect(verdictIn(await api(`POST ${seats}/hold`, asServer))).toBe('200')
    await demand('everyone')
    const extended = { objectLabels: ['A-4'], holdToken: TOKEN }
    expect(verdictIn(await api(`POST ${seats}/extend`, extended))).toBe('200')
  })

  test('is not entered by booking what nobody let in holds', async () => {
    const { ask } = await openAdmission()
    const booked = await ask('book', { objectLabels: ['A-1'] })
    expect([booked.status, booked.body['failed']]).toEqual([
      409,
      [{ objectLabel: 'A-1', reason: 'not_held_by_token' }],
    ])
  })

  test('tells the demand, and ends and begins it with the next request of every process', async () => {
    const { api, demand, hold, eventKey, freshRuntime, seats } = await openAdmission()
    const other = apiOver(freshRuntime())
    const asBuyer = { key: testKeys.publishable }
    const there = (label: string) =>
      other(`POST ${seats}/hold`, { objectLabel: label, holdToken: OTHER_TOKEN }, asBuyer)
    const told = async () => (await api(`GET /api/v1/events/${eventKey}`)).body['admission']
    expect([await told(), verdictIn(await there('B-1'))]).toEqual([
      'browsers',
      '403 admission_required',
    ])
    await demand('none')
    expect([await told(), verdictIn(await there('B-1'))]).toEqual([undefined, '200'])
    expect(verdictIn(await hold(['A-1']))).toBe('200')
    await demand('everyone')
    expect(verdictIn(await there('B-2'))).toBe('403 admission_required')
    // A new name leaves it as it is.
    await api(`PATCH /api/v1/events/${eventKey}`, { name: 'Late' })
    expect(await told()).toBe('everyone')
  })

  test('passes over a token that nobody demands, whatever it is', async () => {
    const { demand, hold } = await openAdmission()
    await demand('none')
    expect(verdictIn(await hold(['A-1'], 'rubbish'))).toBe('200')
  })
})

test('an event can be created so, and asks secret keys too where it says everyone', async () => {
  const { api, chartKey, clock, key } = await openAdmission()
  const made = await api('POST /api/v1/events', {
    chartKey,
    eventKey: 'gala',
    admission: 'everyone',
  })
  expect(made.body).toMatchObject({ eventKey: 'gala', admission: 'everyone' })
  const hold = (headers: string[]) =>
    api(
      'POST /api/v1/events/gala/seats/hold',
      { objectLabel: 'A-1', holdToken: TOKEN },
      { headers },
    )
  expect(verdictIn(await hold([]))).toBe('403 admission_required')
  const token = await makeAdmission(key, {
    events: ['gala'],
    id: 'turn-1',
    expiresAt: clock.now() + 1_000,
  })
  expect(verdictIn(await hold(['X-Admission-Token', token]))).toBe('200')
})

describe('a token is refused', () => {
  test('that nobody signed, that says something else by now, or that another key signed', async () => {
    const { make, hold, key } = await openAdmission()
    const token = await make()
    const [version, , mac] = token.split('.')
    const said = { e: ['gala'], i: 'turn-7', x: 9e15 }
    const forged = [version, Buffer.from(JSON.stringify(said)).toString('base64url'), mac].join('.')
    for (const wrong of ['rubbish', 'hfa1.e30.', forged, await make({}, `${key}0`)]) {
      expect([wrong, verdictIn(await hold(['A-1'], wrong))]).toEqual([
        wrong,
        '403 admission_invalid',
      ])
    }
  })

  test('before its time, after its end, and where it would live for longer than a week', async () => {
    const { make, hold, clock } = await openAdmission()
    const begin = clock.now() + 2 * SKEW_MS
    const token = await make({ notBefore: begin, expiresAt: begin + 1_000 })
    expect(verdictIn(await hold(['A-1'], token))).toBe('403 admission_too_early')
    clock.advance(SKEW_MS)
    expect(verdictIn(await hold(['A-1'], token))).toBe('200')
    clock.advance(2 * SKEW_MS + 1_000)
    expect(verdictIn(await hold(['A-2'], token))).toBe('403 admission_expired')
    const tooLong = await make({ expiresAt: clock.now() + LIFE_MS_MAX + 2 * SKEW_MS })
    expect(verdictIn(await hold(['A-2'], tooLong))).toBe('403 admission_invalid')
  })

  test('in another event than it names, and in another workspace', async () => {
    const { api, make, hold, ask, key } = await openAdmission()
    const other = await make({ events: ['gala'] })
    expect(verdictIn(await hold(['A-1'], other))).toBe('403 admission_for_other_event')
    expect(verdictIn(await ask('best-available', { number: 1 }, other))).toBe(
      '403 admission_for_other_event',
    )
    const asOther = { key: testKeys.otherSecret }
    await api('POST /api/v1/admission-key/rotate', undefined, asOther)
    const theirs = await api('GET /api/v1/admission-key', undefined, asOther)
    expect(theirs.body['admissionKey']).toMatch(/^hfak_/)
    expect(theirs.body['admissionKey']).not.toBe(key)
    const token = await make({}, String(theirs.body['admissionKey']))
    expect(verdictIn(await hold(['A-1'], token))).toBe('403 admission_invalid')
  })
})
