import { describe, expect, test } from 'vitest'
import { rowDrawing } from '../../../support/drawings.ts'
import { testKeys } from '../../../support/holdfast.ts'
import { seatsioOver } from '../../../support/seatsio.ts'
import { openSeatsioCompany, type SeatsioCompany } from '../../../support/seatsio-company.ts'
import { errorOf, verdictOf } from '../../../support/seatsio-scene.ts'

const PATH = '/ticket-buyers'

/** The UUID of a number, in small letters. */
function uuid(number: number): string {
  return `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`
}

function uuids(count: number, from = 1): string[] {
  return Array.from({ length: count }, (_, index) => uuid(from + index))
}

async function open() {
  const company = await openSeatsioCompany()
  const add = async (ids: unknown, headers?: string[]) =>
    (await company.admin(`POST ${PATH}`, { ids }, headers)).body
  const remove = async (ids: unknown, headers?: string[]) =>
    (await company.admin(`DELETE ${PATH}`, { ids }, headers)).body
  return { ...company, add, remove }
}

/** All ids, page by page. */
async function all({ admin }: Pick<SeatsioCompany, 'admin'>, limit: number) {
  const found: string[] = []
  let after = ''
  for (;;) {
    const { body } = await admin(`GET ${PATH}?limit=${limit}&start_after_id=${after}`)
    const page = body as { items: string[]; next_page_starts_after?: string }
    found.push(...page.items)
    if (page.next_page_starts_after === undefined) return found
    expect(page.items).toHaveLength(limit)
    after = page.next_page_starts_after
  }
}

test('buyers are added and removed, and it is told which were there', async () => {
  const { admin, add, remove } = await open()
  const [one, two, three] = uuids(3)
  expect(await add([one, two])).toEqual({ added: [one, two], alreadyPresent: [] })
  expect(await add([three, two])).toEqual({ added: [three], alreadyPresent: [two] })
  expect(await remove([two, uuid(9), one])).toEqual({ removed: [two, one], notPresent: [uuid(9)] })
  expect((await admin(`GET ${PATH}`)).body).toEqual({ items: [three] })
})

test('an id that is there twice counts once, in capital letters too', async () => {
  const { admin, add, remove } = await open()
  const id = 'abcdef01-2345-4678-9abc-def012345678'
  expect(await add([id, id.toUpperCase(), id])).toEqual({ added: [id], alreadyPresent: [] })
  expect((await admin(`GET ${PATH}`)).body).toEqual({ items: [id] })
  expect(await remove([id.toUpperCase(), id])).toEqual({ removed: [id], notPresent: [] })
})

describe('what is wrong with ids is said', () => {
  test.each([
    ['none', { ids: [] }, '#/ids: expected minimum item count: 1, found: 0'],
    ['nothing', {}, '#: required key [ids] not found'],
    ['a text', { ids: 'x' }, '#/ids: expected type: JSONArray, found: String'],
    ['another text', { ids: ['x'] }, '#/ids/0: expected a UUID'],
    ['a number', { ids: [uuid(1), 7] }, '#/ids/1: expected type: String, found: Integer'],
    ['too many', { ids: uuids(1_001) }, '#/ids: expected maximum item count: 1000, found: 1001'],
  ])('%s', async (_, body, message) => {
    const { admin } = await open()
    for (const method of ['POST', 'DELETE'] as const) {
      const answer = await admin(`${method} ${PATH}`, body)
      expect([verdictOf(answer), errorOf(answer)['message']]).toEqual([
        '400 GENERAL_ERROR',
        message,
      ])
    }
  })
})

test.each([1, 89, 90, 91, 180, 1_000])('%i buyers are added, listed and removed', async (count) => {
  const { admin, add, remove } = await open()
  const ids = uuids(count)
  expect(await add(ids)).toEqual({ added: ids, alreadyPresent: [] })
  const listed = await all({ admin }, 400)
  expect(listed.toSorted()).toEqual(ids)
  expect(await all({ admin }, 97)).toEqual(listed)
  expect(await remove(ids)).toEqual({ removed: ids, notPresent: [] })
  expect(await all({ admin }, 400)).toEqual([])
})

test('the order of buyers stays, and pages go back as they came', async () => {
  const { admin, add } = await open()
  await add(uuids(25))
  const order = await all({ admin }, 1_000)
  const { body } = await admin(`GET ${PATH}?limit=10`)
  const next = String(body?.['next_page_starts_after'])
  expect(body).toEqual({ items: order.slice(0, 10), next_page_starts_after: next })
  expect(next).toMatch(/^[0-9]{1,16}$/)
  const { body: second } = await admin(`GET ${PATH}?limit=10&start_after_id=${next}`)
  expect(second?.['items']).toEqual(order.slice(10, 20))
  const before = String(second?.['previous_page_ends_before'])
  const { body: back } = await admin(`GET ${PATH}?limit=4&end_before_id=${before}`)
  expect(back?.['items']).toEqual(order.slice(6, 10))
  await add([uuid(77)])
  expect((await all({ admin }, 10)).filter((id) => id !== uuid(77))).toEqual(order)
})

test('a company has buyers of its own, in whichever workspace its key acts', async () => {
  const { admin, api, add, createWorkspace } = await open()
  const other = await createWorkspace('Box office')
  await add(uuids(2), ['X-Workspace-Key', other.key])
  expect((await all({ admin }, 10)).toSorted()).toEqual(uuids(2))
  const strangers = await api(`GET ${PATH}`, undefined, { key: testKeys.admin })
  expect(strangers.body).toEqual({ items: [] })
})

test('of two that add the same buyers at once, each buyer is added by one', async () => {
  const { add } = await open()
  const answers = await Promise.all([add(uuids(60)), add(uuids(60, 31)), add(uuids(90))])
  const added = answers.flatMap((body) => body?.['added'] as string[])
  expect(added.toSorted()).toEqual(uuids(90))
})

test('a few buyers are one read and one transaction, a thousand are a few of both', async () => {
  const { add, calls } = await open()
  await add([uuid(5_000)])
  calls.clear()
  await add(uuids(90))
  expect(calls.count()).toMatchObject({ reads: 1, writes: 1, items: 90 })
  calls.clear()
  await add(uuids(1_000))
  expect(calls.count()).toMatchObject({ reads: 12, writes: 11, items: 910 })
})

test('a repeat under a key gets the same answer, whatever was done in between', async () => {
  const { add, remove, admin } = await open()
  const key = ['Idempotency-Key', 'once']
  const first = await add(uuids(200), key)
  await remove(uuids(10))
  expect(await add(uuids(200), key)).toEqual(first)
  expect(await all({ admin }, 1_000)).toHaveLength(190)
})

describe.each(['POST', 'DELETE'] as const)('%s of a request whose process dies', (method) => {
  test.each([0, 1, 2, 3])(
    'after %i of its three writes is ended by a repeat under its key, which tells what an undisturbed one does',
    async (writes) => {
      const holdfast = await open()
      const { admin, api, adminKey: key, engine, add } = holdfast
      if (method === 'DELETE') await add(uuids(270))
      let left = writes
      engine.inject = ({ operation }) => {
        if (operation !== 'TransactWriteItems') return undefined
        left -= 1
        return left < 0 ? 'lost-before' : undefined
      }
      const options = { key, headers: ['Idempotency-Key', 'once'] }
      const body = { ids: uuids(270) }
      const dead = await api(`${method} ${PATH}`, body, options)
      expect(dead.status).toBe(writes === 3 ? 200 : 503)
      engine.inject = undefined
      const elsewhere = seatsioOver(holdfast.freshRuntime())
      const answer = await elsewhere(`${method} ${PATH}`, body, options)
      expect(answer.body).toEqual(
        method === 'POST'
          ? { added: uuids(270), alreadyPresent: [] }
          : { removed: uuids(270), notPresent: [] },
      )
      expect(await all({ admin }, 1_000)).toHaveLength(method === 'POST' ? 270 : 0)
    },
  )
})

test('a workspace key may not ask for buyers', async () => {
  const { api, workspace } = await open()
  const { secretKey: key } = workspace
  await api('POST /system/public/charts/hall', rowDrawing(), { key })
  for (const method of ['GET', 'POST', 'DELETE'] as const) {
    expect((await api(`${method} ${PATH}`, { ids: [uuid(1)] }, { key })).status).toBe(403)
  }
})
