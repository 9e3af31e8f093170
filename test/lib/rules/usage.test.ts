import { expect, test } from 'vitest'
import type { HistoryChange } from '../../../lib/rules/history.ts'
import { usageOf } from '../../../lib/rules/usage.ts'
import type { StatusWord } from '../../../lib/rules/seat.ts'

type Told = readonly [label: string, from: StatusWord, to: StatusWord, quantity?: number]

const changesOf = (told: readonly Told[]): HistoryChange[] =>
  told.map(([label, from, to, quantity], version) => {
    return { label, version, from, to, ...(quantity === undefined ? {} : { quantity }) }
  })

const cases: readonly (readonly [name: string, changes: readonly Told[], usage: object])[] = [
  ['a booked seat', [['A-1', 'free', 'booked']], { 'A-1': { 'status-changed': 1 } }],
  ['a held seat', [['A-1', 'free', 'held']], { 'A-1': { selected: 1 } }],
  [
    'a seat that is held and booked, for the hold',
    [
      ['A-1', 'free', 'held'],
      ['A-1', 'held', 'booked'],
    ],
    { 'A-1': { selected: 1 } },
  ],
  [
    'a seat that is sold twice, once',
    [
      ['A-1', 'free', 'booked'],
      ['A-1', 'booked', 'free'],
      ['A-1', 'free', 'held'],
    ],
    { 'A-1': { 'status-changed': 1 } },
  ],
  ['a seat in a status of the caller', [['A-1', 'free', '=x']], { 'A-1': { 'status-changed': 1 } }],
  ['what was taken before and changes, not', [['A-1', 'booked', '=checkedIn']], {}],
  ['what was taken before and is given back, not', [['A-1', 'booked', 'free']], {}],
  ['what stays as it is, not', [['A-1', 'free', 'free']], {}],
  [
    'what was given back and is sold again',
    [
      ['A-1', 'booked', 'free'],
      ['A-1', 'free', 'booked'],
    ],
    { 'A-1': { 'status-changed': 1 } },
  ],
  [
    'places of an area, each',
    [
      ['Lawn', 'free', 'booked', 5],
      ['Lawn', 'free', 'held', 2],
    ],
    { Lawn: { 'status-changed': 5, selected: 2 } },
  ],
  [
    'places that are given back and taken again, once',
    [
      ['Lawn', 'free', 'booked', 5],
      ['Lawn', 'booked', 'free', 3],
      ['Lawn', 'free', 'held', 4],
    ],
    { Lawn: { 'status-changed': 5, selected: 1 } },
  ],
  [
    'places that were taken before and are given back, not',
    [
      ['Lawn', 'booked', 'free', 9],
      ['Lawn', 'free', 'booked', 2],
    ],
    { Lawn: { 'status-changed': 2 } },
  ],
]

test.each(cases)('used is %s', (_, changes, usage) => {
  const told = usageOf(changesOf(changes))
  expect(Object.fromEntries(told.map(({ label, reasons }) => [label, reasons]))).toEqual(usage)
  for (const { used, reasons } of told) {
    expect(used).toBe(Object.values(reasons).reduce((all, count) => all + count, 0))
  }
})
