import { expect, test, vi } from 'vitest'
import { forgetToken, keepToken, queueAt, tokenFor } from '../../../web/shop/admission.js'
import { memoryStorage } from '../memory-storage.ts'

test('a tab keeps what let it in, each event apart, until it is refused', () => {
  vi.stubGlobal('sessionStorage', memoryStorage())
  expect(tokenFor('gala')).toBeUndefined()
  keepToken('gala', 'hfa1.one')
  keepToken('ball', 'hfa1.two')
  expect([tokenFor('gala'), tokenFor('ball')]).toEqual(['hfa1.one', 'hfa1.two'])
  forgetToken('gala')
  expect([tokenFor('gala'), tokenFor('ball')]).toEqual([undefined, 'hfa1.two'])
  vi.unstubAllGlobals()
})

test('the waiting room is told the event, whatever it is called, and what else the shop was told', () => {
  expect(queueAt('', 'evt_demo')).toBe('/shop/queue.html?event=evt_demo')
  expect(queueAt('?event=gala&key=pk_1', 'gala')).toBe('/shop/queue.html?event=gala&key=pk_1')
  expect(queueAt('', 'a&b')).toBe('/shop/queue.html?event=a%26b')
})
