import { expect, test } from 'vitest'
import { testKeys } from '../../support/holdfast.ts'
import { OTHER_TOKEN } from '../../support/scene.ts'
import { openSaleScene } from './sale-scene.ts'

const line = (label: string, quantity = 1) => ({ label, quantity })

test('an event is read in three requests at once, and then followed', async () => {
  const { open, quiet, eventKey } = await openSaleScene()
  const { sale, requests, heard, events } = open()
  expect(requests).toEqual([])
  sale.start()
  expect(requests.map(({ path }) => path)).toEqual(['', '/layout', '/snapshot?labels=true'])
  await quiet()
  expect(events.map(({ name }) => name)).toEqual(['basket', 'loaded', 'connection'])
  expect(heard('loaded')).toMatchObject([
    { eventKey, name: 'Test night', drawing: { name: 'Rows' } },
  ])
  expect([sale.connection, sale.letterOf('A-1'), sale.letterOf('Z-9')]).toEqual(['live', 'f', '-'])
  expect(requests).toHaveLength(3)
})

test('what others hold is shown, and freed at its millisecond without asking', async () => {
  const { open, api, seats, pass, clock } = await openSaleScene()
  const { sale, heard, see } = open()
  sale.start()
  await pass(0)
  const body = { objectLabel: 'A-1', holdToken: OTHER_TOKEN, ttlSeconds: 6 }
  await api(`POST ${seats}/hold`, body)
  const until = clock.now() + 6_000
  await pass(2_000)
  expect(sale.letterOf('A-1')).toBe('h')
  expect(heard('changed')).toEqual([['A-1']])
  await pass(until - 500 - clock.now())
  see(false)
  await pass(499)
  expect(sale.letterOf('A-1')).toBe('h')
  await pass(1)
  expect([sale.letterOf('A-1'), heard('changed')]).toEqual(['f', [['A-1'], ['A-1']]])
})

test('seats are held all or none, and a seat that somebody else was faster at is taken at once', async () => {
  const { open, api, seats, pass, quiet } = await openSaleScene()
  const { sale, heard } = open()
  sale.start()
  await pass(0)
  const first = sale.hold([line('A-1'), { ...line('A-2'), ticketType: 'child' }])
  await quiet()
  const held = [line('A-1'), { ...line('A-2'), ticketType: 'child' }]
  expect(await first).toEqual({ held, refused: [] })
  expect(sale.basket.items).toEqual(held)
  expect(heard('held')).toEqual([held])
  await api(`POST ${seats}/hold`, { objectLabel: 'A-3', holdToken: OTHER_TOKEN })
  const second = sale.hold([line('A-3'), line('A-4')])
  await quiet()
  const refused = [{ label: 'A-3', reason: 'held' }]
  expect(await second).toEqual({ held: [], refused })
  expect(heard('refused')).toEqual([refused])
  expect(['A-1', 'A-3', 'A-4'].map((label) => sale.letterOf(label))).toEqual(['h', 'h', 'f'])
  expect(sale.basket.items).toEqual(held)
})

test('what is released is free at once, and others get it', async () => {
  const { open, api, seats, pass, quiet } = await openSaleScene()
  const { sale, heard } = open()
  sale.start()
  await pass(0)
  void sale.hold([line('A-1'), line('A-2')])
  void sale.release(['A-1', 'A-9'])
  await quiet()
  expect(heard('released')).toEqual([[line('A-1')]])
  expect([sale.basket.items, sale.letterOf('A-1')]).toEqual([[line('A-2')], 'f'])
  const body = { objectLabel: 'A-1', holdToken: OTHER_TOKEN }
  expect(await api(`POST ${seats}/hold`, body, { key: testKeys.publishable })).toMatchObject({
    status: 200,
  })
})
