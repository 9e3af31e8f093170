import { expect, test } from 'vitest'
import { readCatalog } from '../../lib/http/catalog.ts'
import type { Refusal } from '../../lib/refusals.ts'
import { refusalTable, tell } from '../../lib/refusals/refusal-table.ts'
import type { RefusalFacts } from '../../lib/refusals/told.ts'
import { refusalAnswers } from '../../lib/seatbuilder/errors.ts'
import { refusalWords } from '../../lib/seatsio/errors.ts'

const { endpoints } = await readCatalog()

const declaredBy = (surface: string) =>
  new Set(
    endpoints
      .filter((entry) => entry.surface === surface)
      .flatMap(({ endpoint }) => endpoint.refusals ?? [])
      .map(String),
  )

const told = Object.entries(refusalTable) as [Refusal['code'], RefusalFacts<Refusal>][]

test.each(told)('%s has a sentence, and a sample of itself', (code, { sample, when }) => {
  const refusal = typeof sample === 'function' ? sample('/events/{eventKey}') : sample
  expect(refusal.code).toBe(code)
  expect(tell(refusal).message).toMatch(/^\S.*[^\s.]$/)
  expect(when).toMatch(/^[A-Z].*\.$/)
})

test('a surface has words of its own only for what its endpoints may say', () => {
  const [seatbuilder, seatsio] = [declaredBy('seatbuilder'), declaredBy('seatsio')]
  // Of an admin key, and of changes of objects, the documents say these of each endpoint.
  seatsio.add('workspace-not-found')
  const strange = (own: object, mine: Set<string>, others: Set<string>) =>
    Object.keys(own).filter((code) => !mine.has(code) && others.has(code))
  expect(strange(refusalAnswers, seatbuilder, seatsio)).toEqual([])
  expect(strange(refusalWords, seatsio, seatbuilder)).toEqual([])
})
